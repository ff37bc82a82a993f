package dev.penstock.pipeline.connector;

import java.io.Serializable;
import java.util.Optional;

/// Where records go to. A description only, immutable, and safe for use by several threads; writers
/// belong to one thread. Which of the three kinds a sink is decides what a resumable run can
/// promise.
///
/// @param <T> the type of the records
public sealed interface Sink<T> extends Serializable
    permits TransactionalSink, StagedSink, PlainSink {

  /// How the sink shows in `explain()` and messages, without any secret: `Jdbc.table(trips)`.
  String describe();

  /// Whether another run leaves what is there and adds to it. Where it does not, as where a file is
  /// written anew, records that have failed cannot be tried again by themselves: they would take
  /// the place of all others.
  default boolean adds() {
    return false;
  }

  /// What must hold of those who read the target, as a sentence without its end, so that they see
  /// what a run promises; empty where they cannot see anything else.
  default Optional<String> conditionOfReaders() {
    return Optional.empty();
  }

  /// Why it cannot commit in units, as it is set: `it writes on 4 connections`; empty when it can.
  default Optional<String> notResumable() {
    return Optional.empty();
  }
}
