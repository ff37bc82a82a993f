package dev.penstock.pipeline.plan;

import java.time.Duration;
import java.util.Optional;

/// An exception that knows when trying again makes sense, such as an HTTP answer with a
/// `Retry-After` header.
public interface RetryAfter {
  /// How long to wait before the next attempt; empty when the other side did not say.
  Optional<Duration> retryAfter();
}
