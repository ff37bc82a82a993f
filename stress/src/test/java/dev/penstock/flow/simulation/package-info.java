/// Flows, workers and schedulers in a simulated world: a seed is a history. Start at
/// [dev.penstock.flow.simulation.Simulation], and at [dev.penstock.flow.simulation.Turns], which
/// makes one history of many threads.
@NullMarked
package dev.penstock.flow.simulation;

import org.jspecify.annotations.NullMarked;
