package dev.penstock.pipeline.connector;

import java.time.Duration;
import java.util.Optional;

/// A sink that stages durable but invisible output, which is then logged and published: exactly
/// once in what is visible.
///
/// @param <S> what names staged output; made from and into bytes, because any process may have to
///   publish it
public non-sealed interface StagedSink<T, S> extends Sink<T> {

  /// The log that says what has been staged for good. The caller closes it.
  CommitLog log() throws Exception;

  /// How long it keeps records back before it wants to stage them, and by that the run to commit;
  /// empty when the run's own settings say. In either case it stages when a writer is full.
  default Optional<Duration> pace() {
    return Optional.empty();
  }

  /// Where published output is seen, as `explain()` says it.
  default String visibleIn() {
    return "the files that are visible";
  }

  /// Opens a writer for one lane; files hold records of one split.
  ///
  /// @param lane [Split#WHOLE] in a run without positions
  /// @param from where the first unit begins; empty for the beginning of the split
  StageWriter<T, S> open(Split lane, Optional<Position> from) throws Exception;

  /// Makes staged output visible. Idempotent; any process may call it, without the writer.
  void publish(S staged) throws Exception;

  /// Removes staged output that no log entry names.
  void discard(S staged) throws Exception;

  byte[] encode(S staged);

  S decode(byte[] bytes);
}
