package dev.penstock.pipeline.connector;

import org.jspecify.annotations.Nullable;

/// A sink that commits records and positions in one transaction: exactly once.
public non-sealed interface TransactionalSink<T> extends Sink<T> {

  /// The log that stands in the target itself. The caller closes it.
  CommitLog log() throws Exception;

  /// Opens a writer. `claim` is null for a run that is not resumable: it commits once, at the end,
  /// with [Cut#END].
  TxWriter<T> open(@Nullable Claim claim) throws Exception;
}
