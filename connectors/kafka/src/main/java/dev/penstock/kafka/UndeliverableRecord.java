package dev.penstock.kafka;

import dev.penstock.pipeline.connector.RefusedRecord;

/// The broker, or the producer, will not take a record for what it holds: it is too large, it has
/// no key for a compacted topic, its timestamp is refused. Or a serializer cannot make it: it does
/// not fit its schema.
public final class UndeliverableRecord extends RefusedRecord {
  private static final long serialVersionUID = 1L;

  UndeliverableRecord(String message, Throwable cause) {
    super(message, cause);
  }
}
