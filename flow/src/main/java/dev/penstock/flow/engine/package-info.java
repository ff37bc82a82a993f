/// The run engine: takes flow runs of the store through their tasks, again where they broke off.
/// Start at [dev.penstock.flow.engine.RunEngine], then [dev.penstock.flow.engine.FlowExecution] and
/// [dev.penstock.flow.engine.TaskExecution].
@NullMarked
package dev.penstock.flow.engine;

import org.jspecify.annotations.NullMarked;
