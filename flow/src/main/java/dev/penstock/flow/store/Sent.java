package dev.penstock.flow.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// A write that another process has sent, and sends again when it does not hear whether it was
/// done: the store does it once. The number of the last one is written with it, in the row that the
/// sender has in table `writer`.
///
/// @param sender a name that no other process has
/// @param number counts the writes of the sender, which are done in this order, from 1
public record Sent(String sender, long number) {
  private static final ScopedValue<Sent> CURRENT = ScopedValue.newInstance();

  public Sent {
    if (number < 1) {
      throw new IllegalArgumentException("writes are counted from 1, was " + number);
    }
  }

  /// Begins it by a method of a store that writes soon.
  public <R> CompletableFuture<R> begin(Supplier<CompletableFuture<R>> write) {
    return ScopedValue.where(CURRENT, this).call(write::get);
  }

  /// What this thread is about to write; nothing, where that is sent and was done before.
  static Database.Work<?> once(Database.Work<?> work) {
    if (!CURRENT.isBound()) {
      return work;
    }
    Sent sent = CURRENT.get();
    return tx -> tx.isFirst(sent) ? work.in(tx) : null;
  }
}
