package dev.penstock.pipeline.connector;

/// A sink that stages durable but invisible output, which is then logged and published: exactly
/// once in what is visible.
///
/// @param <S> what names staged output; made from and into bytes, because any process may have to
///   publish it
public non-sealed interface StagedSink<T, S> extends Sink<T> {

  /// The log that says what has been staged for good. The caller closes it.
  CommitLog log() throws Exception;

  /// Opens a writer for one lane; files hold records of one split.
  StageWriter<T, S> open(Split lane) throws Exception;

  /// Makes staged output visible. Idempotent; any process may call it, without the writer.
  void publish(S staged) throws Exception;

  /// Removes staged output that no log entry names.
  void discard(S staged) throws Exception;

  byte[] encode(S staged);

  S decode(byte[] bytes);
}
