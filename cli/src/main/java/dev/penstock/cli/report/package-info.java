/// What a run tells people and scripts about its pipelines: progress while they run, a summary at
/// the end. Start reading at [dev.penstock.cli.report.Journal].
@NullMarked
package dev.penstock.cli.report;

import org.jspecify.annotations.NullMarked;
