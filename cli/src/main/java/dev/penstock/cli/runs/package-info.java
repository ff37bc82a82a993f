/// The commands around flow runs: [dev.penstock.cli.runs.FlowRunCommand],
/// [dev.penstock.cli.runs.TaskRunCommand], [dev.penstock.cli.runs.FlowLs]. Which run is meant:
/// `FoundRun`.
@NullMarked
package dev.penstock.cli.runs;

import org.jspecify.annotations.NullMarked;
