package dev.penstock.pipeline.plan;

import dev.penstock.pipeline.connector.Sink;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which failures a `catching` step takes, and what becomes of them.
///
/// @param types exceptions of any of these are taken
/// @param when a further condition; null for none
/// @param onFailure done with each failure taken, before its outcome; null for nothing
public record Catch(
    List<Class<? extends Exception>> types,
    @Nullable Check<Failure> when,
    @Nullable Action<Failure> onFailure,
    Outcome outcome)
    implements Serializable {

  public Catch {
    types = List.copyOf(types);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("catching needs at least one exception type");
    }
  }

  /// What becomes of a failure that was taken.
  public sealed interface Outcome extends Serializable {}

  /// The record is dropped.
  public record Skip() implements Outcome {}

  /// Another record takes its place.
  public record Replace(Fn<Failure, @Nullable Object> with) implements Outcome {}

  /// The pipeline ends here, well.
  public record Stop() implements Outcome {}

  /// The record goes to another sink.
  public record ToDeadLetters(Sink<DeadLetter> sink) implements Outcome {}

  /// The record is dropped; at the end, the run fails with the first failure.
  public record FailAtEnd() implements Outcome {}
}
