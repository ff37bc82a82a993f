/// A pipeline as data: [Step] is sealed, and whoever runs, explains or ships a plan switches over
/// it without a `default`. The settings of steps are here as well: [CallOptions], [Retry], [Rate],
/// [Batching]. Start at [Step].
@NullMarked
package dev.penstock.pipeline.plan;

import org.jspecify.annotations.NullMarked;
