/// Traces of runs for OpenTelemetry, where an endpoint is set. Start with
/// [dev.penstock.flow.trace.Traces].
@NullMarked
package dev.penstock.flow.trace;

import org.jspecify.annotations.NullMarked;
