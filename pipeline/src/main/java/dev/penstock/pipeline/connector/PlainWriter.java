package dev.penstock.pipeline.connector;

import java.util.function.BiConsumer;

/// Writes records of a [PlainSink].
public interface PlainWriter<T> extends AutoCloseable {

  void write(T record) throws Exception;

  /// Returns when everything written so far is safe in the target. Called at least once at the end
  /// of a good run.
  void flush() throws Exception;

  /// Tells of the records that the target has refused since this was called before, for targets
  /// that answer later; called after each [#flush], and now and then. Each exception is the failure
  /// of its record.
  default void refused(BiConsumer<? super T, Exception> each) {}

  /// Bytes sent to the target so far, as far as the connector knows.
  default long bytes() {
    return 0;
  }

  /// Called on every exit; without a [#flush] before it the run has failed, and half-written output
  /// is to be removed.
  @Override
  void close() throws Exception;
}
