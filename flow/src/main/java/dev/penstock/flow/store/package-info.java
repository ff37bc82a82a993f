/// What is remembered of flows: runs with their states and leases, in SQLite or PostgreSQL. Start
/// at [dev.penstock.flow.store.Store], then [dev.penstock.flow.store.FlowRuns].
@NullMarked
package dev.penstock.flow.store;

import org.jspecify.annotations.NullMarked;
