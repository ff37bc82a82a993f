package dev.penstock.pipeline.connector;

/// A sink without transactions: at-least-once. Whatever was written may be seen at any time, and
/// again after a resume.
public non-sealed interface PlainSink<T> extends Sink<T> {

  PlainWriter<T> open() throws Exception;

  @Override
  default boolean adds() {
    return true;
  }
}
