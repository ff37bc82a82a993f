package dev.penstock.cli.runs;

import picocli.CommandLine.Command;

/// `penstock flow-run`.
@Command(
    name = "flow-run",
    aliases = "flow-runs",
    description = {
      "Lists and steers the runs of flows.",
      "A run is named by its id, the beginning of its id, or its name."
    },
    subcommands = {
      FlowRunLs.class,
      FlowRunInspect.class,
      FlowRunLogs.class,
      FlowRunWatch.class,
      FlowRunCancel.class,
      FlowRunPause.class,
      FlowRunResume.class,
      FlowRunRetry.class,
      FlowRunDeadLetters.class,
      FlowRunReplay.class,
      FlowRunSetState.class,
      FlowRunDelete.class
    })
public final class FlowRunCommand {}
