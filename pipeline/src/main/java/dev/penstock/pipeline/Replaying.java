package dev.penstock.pipeline;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.plan.GivenUp;
import dev.penstock.pipeline.plan.SourcePosition;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Records that were given up, as a source: what fails again still says where it came from.
final class Replaying implements Source<Object> {
  private static final long serialVersionUID = 1L;

  private final transient List<GivenUp> records;

  Replaying(List<GivenUp> records) {
    this.records = List.copyOf(records);
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.BOUNDED);
  }

  @Override
  public List<Split> discover() {
    return List.of(Split.WHOLE);
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(records.size());
  }

  @Override
  public String describe() {
    return "records of dead letters";
  }

  @Override
  public Reader<Object> open(Assignments events) {
    Iterator<GivenUp> rest = records.iterator();
    return new Reader<>() {
      @Override
      public void assign(Map<Split, Optional<Position>> from) {}

      @Override
      public @Nullable Chunk<Object> poll(Duration upTo) {
        return rest.hasNext() ? new One(rest.next()) : null;
      }

      @Override
      public void release(Set<Split> splits) {}

      @Override
      public void close() {}
    };
  }

  /// One of them, of the split that it was of.
  private record One(GivenUp givenUp) implements Chunk<Object> {
    @Override
    public Split split() {
      SourcePosition position = givenUp.position();
      return position == null ? Split.WHOLE : new Split(position.split());
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public Object get(int i) {
      return givenUp.record();
    }

    @Override
    public Position after(int i) {
      throw new UnsupportedOperationException("records of dead letters cannot be read on");
    }

    @Override
    public @Nullable String place(int i) {
      SourcePosition position = givenUp.position();
      return position == null ? null : position.place();
    }

    @Override
    public boolean last() {
      return false;
    }
  }
}
