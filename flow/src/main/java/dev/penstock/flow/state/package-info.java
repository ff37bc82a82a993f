/// The states of flow runs and task runs. Start at [dev.penstock.flow.state.StateType].
@NullMarked
package dev.penstock.flow.state;

import org.jspecify.annotations.NullMarked;
