/// The code of flows: which method a task is, whether it has changed, what a flow takes, and how
/// the values that tasks hand on are kept. Start at [dev.penstock.flow.code.MethodReference] and
/// [dev.penstock.flow.code.ValueCodec].
@NullMarked
package dev.penstock.flow.code;

import org.jspecify.annotations.NullMarked;
