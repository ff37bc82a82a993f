/// Typed, lazy pipelines. Start at [Pipeline]; the settings of steps are made by the static methods
/// of [Steps]. All steps with their options, each with a snippet that runs, are in
/// `docs/pipelines.md`.
@NullMarked
package dev.penstock.pipeline;

import org.jspecify.annotations.NullMarked;
