/// What a run of a pipeline takes and gives: [RunOptions], [Summary], live figures ([LiveRun]) and
/// the exceptions that a run ends with by itself. Start at [Summary].
@NullMarked
package dev.penstock.pipeline.run;

import org.jspecify.annotations.NullMarked;
