/// What monitoring asks for, as Prometheus reads it. Start at
/// [dev.penstock.server.metrics.MetricsPage].
@NullMarked
package dev.penstock.server.metrics;

import org.jspecify.annotations.NullMarked;
