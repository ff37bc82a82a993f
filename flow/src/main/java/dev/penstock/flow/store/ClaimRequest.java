package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;

/// What a worker is ready to take.
///
/// @param owner the worker
/// @param pool its work pool
/// @param queues the queues it serves; empty for all
/// @param lacks versions of code that it cannot get: runs of them are left to others
/// @param atMost how many runs
/// @param lease for how long, unless it is renewed
public record ClaimRequest(
    String owner,
    String pool,
    List<String> queues,
    List<String> lacks,
    int atMost,
    Duration lease) {
  public ClaimRequest {
    queues = List.copyOf(queues);
    lacks = List.copyOf(lacks);
  }
}
