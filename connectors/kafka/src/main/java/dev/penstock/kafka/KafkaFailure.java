package dev.penstock.kafka;

import org.jspecify.annotations.Nullable;

/// Kafka could not do what was asked of it: no broker answers, a topic is missing, offsets have
/// expired, the login is wrong. The message says what was being done and what to do.
public final class KafkaFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KafkaFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
