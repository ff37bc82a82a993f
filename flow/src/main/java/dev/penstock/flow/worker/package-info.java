/// Deployments at work: the scheduler that makes their runs, and the workers that take them. Start
/// at [dev.penstock.flow.worker.Worker] and [dev.penstock.flow.worker.Scheduler].
@NullMarked
package dev.penstock.flow.worker;

import org.jspecify.annotations.NullMarked;
