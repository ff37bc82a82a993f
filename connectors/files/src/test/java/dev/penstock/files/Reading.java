package dev.penstock.files;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a source to its end, and notes what each record is or why it is none.
final class Reading {
  private Reading() {}

  /// A record, or the message of its failure.
  record Outcome<T>(T record, Exception failure, Position after) {}

  static <T> List<Outcome<T>> outcomes(Source<T> source) throws Exception {
    Map<Split, Optional<Position>> all = new LinkedHashMap<>();
    for (Split split : source.discover()) {
      all.put(split, Optional.empty());
    }
    return outcomes(source, all);
  }

  static <T> List<Outcome<T>> outcomes(Source<T> source, Map<Split, Optional<Position>> from)
      throws Exception {
    List<Outcome<T>> outcomes = new ArrayList<>();
    try (Reader<T> reader = source.open(NO_EVENTS)) {
      reader.assign(from);
      for (Chunk<T> chunk = reader.poll(Duration.ZERO);
          chunk != null;
          chunk = reader.poll(Duration.ZERO)) {
        for (int i = 0; i < chunk.size(); i++) {
          outcomes.add(outcome(chunk, i));
        }
      }
    }
    return outcomes;
  }

  private static <T> Outcome<T> outcome(Chunk<T> chunk, int i) {
    try {
      return new Outcome<>(chunk.get(i), null, chunk.after(i));
    } catch (Exception e) {
      return new Outcome<>(null, e, chunk.after(i));
    }
  }

  /// The records, of which none may fail.
  static <T> List<T> records(Source<T> source) throws Exception {
    List<T> records = new ArrayList<>();
    for (Outcome<T> outcome : outcomes(source)) {
      if (outcome.failure() != null) {
        throw outcome.failure();
      }
      records.add(outcome.record());
    }
    return records;
  }

  private static final Assignments NO_EVENTS =
      new Assignments() {
        @Override
        public Map<Split, Optional<Position>> gained(Set<Split> splits) {
          throw new AssertionError("not a group");
        }

        @Override
        public void leaving(Set<Split> splits, Instant deadline) {
          throw new AssertionError("not a group");
        }

        @Override
        public void lost(Set<Split> splits) {
          throw new AssertionError("not a group");
        }
      };
}
