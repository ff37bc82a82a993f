package dev.penstock.pipeline.connector;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the splits assigned to it. Used by one thread at a time, except [#wakeUp], which any
/// thread may call.
public interface Reader<T> extends AutoCloseable {

  /// Adds splits, each to be read from after its position, or from the start. Bounded sources read
  /// theirs in the iteration order of the map, one after another unless they are
  /// [Trait#INTERLEAVED]; more may be assigned when all have come to their end.
  void assign(Map<Split, Optional<Position>> from) throws Exception;

  /// The next records of one split, waiting at most `upTo` for the first of them.
  ///
  /// @return an empty chunk when none came in time; null when every assigned split has come to its
  ///   end
  /// @throws Exception when reading failed; the engine may call again, a bounded number of times
  @Nullable Chunk<T> poll(Duration upTo) throws Exception;

  /// Stops reading these splits.
  void release(Set<Split> splits) throws Exception;

  /// Lets a [#poll] that waits on another thread return soon, or fail; called when the run is
  /// stopped, so that nothing of what it would have given is missed. Needed by readers that wait
  /// where no interruption reaches them.
  default void wakeUp() {}

  /// A hint that everything up to these positions has been committed; it must not be relied on. Any
  /// thread may call it.
  default void committed(Map<Split, Position> at) {}

  /// How many records of its splits are there and not read yet, as far as it knows. Any thread may
  /// ask.
  default OptionalLong lag() {
    return OptionalLong.empty();
  }

  /// Bytes read from the outside so far, as far as the connector knows.
  default long bytes() {
    return 0;
  }

  @Override
  void close() throws Exception;
}
