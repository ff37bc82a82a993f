package dev.penstock.benchmarks.micro;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.connector.TxWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A source and a transactional target that cost next to nothing, so that what is left is the
/// engine's.
final class InMemory {
  private static final Split ALL = new Split("all");
  private static final int CHUNK = 1_000;

  private InMemory() {}

  /// A seekable source in memory.
  record Numbers(List<Integer> numbers) implements Source<Integer> {
    @Override
    public Set<Trait> traits() {
      return EnumSet.of(Trait.SEEKABLE, Trait.BOUNDED);
    }

    @Override
    public List<Split> discover() {
      return List.of(ALL);
    }

    @Override
    public Reader<Integer> open(Assignments events) {
      return new NumbersReader(numbers);
    }

    @Override
    public String describe() {
      return "numbers";
    }
  }

  private static final class NumbersReader implements Reader<Integer> {
    private final List<Integer> numbers;
    private int next;

    NumbersReader(List<Integer> numbers) {
      this.numbers = numbers;
    }

    @Override
    public void assign(Map<Split, Optional<Position>> from) {
      Optional<Position> at = from.getOrDefault(ALL, Optional.empty());
      next = at.map(position -> Integer.parseInt(position.text())).orElse(0);
    }

    @Override
    public @Nullable Chunk<Integer> poll(Duration upTo) {
      if (next == numbers.size()) {
        return null;
      }
      int from = next;
      next = Math.min(from + CHUNK, numbers.size());
      return new Part(numbers, from, next);
    }

    @Override
    public void release(Set<Split> splits) {}

    @Override
    public void close() {}
  }

  private record Part(List<Integer> numbers, int from, int to) implements Chunk<Integer> {
    @Override
    public Split split() {
      return ALL;
    }

    @Override
    public int size() {
      return to - from;
    }

    @Override
    public Integer get(int i) {
      return numbers.get(from + i);
    }

    @Override
    public Position after(int i) {
      return Position.of(Integer.toString(from + i + 1));
    }

    @Override
    public boolean last() {
      return to == numbers.size();
    }
  }

  /// A target that keeps a sum, which a commit makes lasting.
  static final class Total implements TransactionalSink<Integer> {
    private static final long serialVersionUID = 1L;

    private long total;
    private long commits;

    long total() {
      return total;
    }

    long commits() {
      return commits;
    }

    @Override
    public CommitLog log() {
      return new CommitLog() {
        @Override
        public Claim claim(String pipeline, Set<Split> splits) {
          return new Anew(pipeline);
        }

        @Override
        public void forget(String pipeline) {}

        @Override
        public void close() {}
      };
    }

    @Override
    public TxWriter<Integer> open(@Nullable Claim claim) {
      return new TotalWriter();
    }

    @Override
    public String describe() {
      return "total";
    }

    private final class TotalWriter implements TxWriter<Integer> {
      private long open;

      @Override
      public void write(Integer record) {
        open += record;
      }

      @Override
      public void commit(Cut cut) {
        total += open;
        open = 0;
        commits++;
      }

      @Override
      public void rollback() {
        open = 0;
      }

      @Override
      public void close() {}
    }
  }

  /// A claim of a pipeline that has never run.
  private record Anew(String pipeline) implements Claim {
    @Override
    public Map<Split, Entry> last() {
      return Map.of();
    }

    @Override
    public void append(Map<Split, Entry> next) {}
  }
}
