package dev.penstock.kill;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A source whose reader can be halted.
record HaltingSource<T>(Source<T> source) implements Source<T> {

  @Override
  public Set<Trait> traits() {
    return source.traits();
  }

  @Override
  public List<Split> discover() throws Exception {
    return source.discover();
  }

  @Override
  public Reader<T> open(Assignments events) throws Exception {
    return new HaltingReader<>(source.open(events));
  }

  @Override
  public String describe() {
    return source.describe();
  }

  @Override
  public OptionalLong size() {
    return source.size();
  }

  private record HaltingReader<T>(Reader<T> reader) implements Reader<T> {
    @Override
    public void assign(Map<Split, Optional<Position>> from) throws Exception {
      Halt.ofProcess().pass(Point.BEFORE_SEEK);
      reader.assign(from);
    }

    @Override
    public @Nullable Chunk<T> poll(Duration upTo) throws Exception {
      Chunk<T> chunk = reader.poll(upTo);
      Halt.ofProcess().pass(Point.AFTER_POLL);
      return chunk;
    }

    @Override
    public void release(Set<Split> splits) throws Exception {
      reader.release(splits);
    }

    @Override
    public void wakeUp() {
      reader.wakeUp();
    }

    @Override
    public void committed(Map<Split, Position> at) {
      reader.committed(at);
    }

    @Override
    public long bytes() {
      return reader.bytes();
    }

    @Override
    public void close() throws Exception {
      reader.close();
    }
  }
}
