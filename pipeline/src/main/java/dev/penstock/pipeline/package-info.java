/// Typed, lazy pipelines. Start at [Pipeline]; the settings of steps are made by the static methods
/// of [Steps].
@NullMarked
package dev.penstock.pipeline;

import org.jspecify.annotations.NullMarked;
