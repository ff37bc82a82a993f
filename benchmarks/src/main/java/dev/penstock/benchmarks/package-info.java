/// Benchmarks, and the data that they need. Start with [GenerateTrips].
@NullMarked
package dev.penstock.benchmarks;

import org.jspecify.annotations.NullMarked;
