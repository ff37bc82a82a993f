package dev.penstock.pipeline.connector;

/// Writes one lane of a [StagedSink].
public interface StageWriter<T, S> extends AutoCloseable {

  void write(T record) throws Exception;

  /// Whether so much is open that staging would be good now.
  default boolean full() {
    return false;
  }

  /// Makes all records written since the last stage durable, but not visible.
  S stage(Cut cut) throws Exception;

  /// Removes what was written since the last stage.
  void discard() throws Exception;

  /// Bytes sent to the target so far, as far as the connector knows.
  default long bytes() {
    return 0;
  }

  @Override
  void close() throws Exception;
}
