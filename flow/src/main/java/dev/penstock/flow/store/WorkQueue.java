package dev.penstock.flow.store;

import org.jspecify.annotations.Nullable;

/// A part of a work pool.
///
/// @param priority lower goes first, from 0
/// @param limit how many of its runs may run at once; null for as many as the pool lets
public record WorkQueue(
    String pool, String name, int priority, @Nullable Integer limit, boolean paused) {
  /// The queue of deployments that name none; each pool has it.
  public static final String DEFAULT = "default";

  /// The priority of queues that are given none.
  public static final int PRIORITY = 10;
}
