/// Whole jobs, each in a process of its own: how long they take and how much memory the process
/// needed. Start with [ReadParquet].
@NullMarked
package dev.penstock.benchmarks.load;

import org.jspecify.annotations.NullMarked;
