package dev.penstock.pipeline.connector;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sink that commits records and positions in one transaction: exactly once.
public non-sealed interface TransactionalSink<T> extends Sink<T> {

  /// The log that stands in the target itself. The caller closes it.
  CommitLog log() throws Exception;

  /// Why it cannot commit in units, as it is set: `it writes on 4 connections`; empty when it can.
  default Optional<String> notResumable() {
    return Optional.empty();
  }

  /// Opens a writer. `claim` is null for a run that is not resumable: it commits once, at the end,
  /// with [Cut#END].
  TxWriter<T> open(@Nullable Claim claim) throws Exception;
}
