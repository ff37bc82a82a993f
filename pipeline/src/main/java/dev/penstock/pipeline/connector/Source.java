package dev.penstock.pipeline.connector;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Where records come from. A description only: nothing is opened before [#open], and every run
/// opens it anew, so that a pipeline can run twice. Immutable and safe for use by several threads;
/// a [Reader] belongs to one thread.
///
/// @param <T> the type of the records
public interface Source<T> extends Serializable {

  /// What this source can do; the engine refuses a plan that needs more, before anything runs.
  Set<Trait> traits();

  /// The parts that can be read apart, in reading order. Not called for a [Trait#GROUP] source,
  /// whose splits are handed out by its broker.
  ///
  /// @throws Exception when the source cannot be reached or does not exist; the message says which
  ///   and what to do
  List<Split> discover() throws Exception;

  /// Opens a reader; `events` is told what a [Trait#GROUP] reader gains and loses, from its first
  /// poll on, and is not used by others.
  Reader<T> open(Assignments events) throws Exception;

  /// Looks at the splits that a pipeline has committed, some of which may be of other sources,
  /// before it goes on.
  ///
  /// @throws Exception when one of them is not there any more though it should be, such as those of
  ///   a topic that was made anew; the message says what to do
  default void recognise(Collection<Split> committed) throws Exception {}

  /// How the source shows in `explain()` and messages, without any secret:
  /// `Parquet.read(trips.parquet)`.
  String describe();

  /// The name of the group whose members share the splits of a [Trait#GROUP] source; their
  /// positions are kept under it.
  default Optional<String> group() {
    return Optional.empty();
  }

  /// What must hold of the outside, as a sentence without its end, so that reading on from a
  /// position misses nothing and gives nothing twice; empty where nothing can go wrong there.
  default Optional<String> condition() {
    return Optional.empty();
  }

  /// How many records a run will read, if that is known without reading them; asked after
  /// [#discover].
  default OptionalLong size() {
    return OptionalLong.empty();
  }

  /// How many bytes a run will read, as its [Reader#bytes] counts them, where they are known and
  /// the records are not; asked after [#discover].
  default OptionalLong bytes() {
    return OptionalLong.empty();
  }
}
