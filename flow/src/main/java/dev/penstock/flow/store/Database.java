package dev.penstock.flow.store;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The database of a store. Safe for use by several threads.
interface Database extends AutoCloseable {

  /// Reads; sees all that was committed before, by any process.
  <R extends @Nullable Object> R read(Work<R> work);

  /// Writes, and returns when that is committed.
  ///
  /// @throws StoreUnavailable when the database cannot be reached, or did not say whether it
  ///   committed
  <R extends @Nullable Object> R write(Work<R> work);

  /// Writes after all that was submitted before by this process, without waiting for it. What one
  /// thread submits, and then writes, is committed in that order.
  CompletableFuture<Void> submit(Work<?> work);

  /// Wakes those who wait for a topic, in every process, once the transaction has committed.
  void notify(Tx tx, String topic);

  /// Calls a listener after a [#notify] of any topic, soon but not surely: whoever listens also
  /// looks from time to time. The listener returns soon, and does not write.
  AutoCloseable listen(TopicListener listener);

  Dialect dialect();

  @Override
  void close();

  /// What is done in one transaction. It may be done again when the transaction was rolled back, so
  /// that it must have no effects elsewhere.
  @FunctionalInterface
  interface Work<R extends @Nullable Object> {
    R in(Tx tx);
  }

  /// Told that something has happened to a topic.
  @FunctionalInterface
  interface TopicListener {
    void happened(String topic);
  }
}
