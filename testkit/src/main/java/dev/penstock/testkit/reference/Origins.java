package dev.penstock.testkit.reference;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where records begin.
final class Origins {
  private Origins() {}

  static Node over(Step.Over step) {
    return new Iterated(step, step.items().iterator());
  }

  static Node iterate(Step.Iterate step) {
    try {
      return new Iterated(step, step.iterators().get());
    } catch (Exception e) {
      throw new IllegalStateException("no iterator", e);
    }
  }

  static Node read(Step.Read step) {
    List<Emission> all = new ArrayList<>();
    Node collected =
        new Node(step, null) {
          private int at;

          @Override
          Emission advance() {
            return at < all.size() ? all.get(at++) : Emission.END;
          }
        };
    try {
      read(step.source(), collected, all);
    } catch (Exception e) {
      throw new IllegalStateException("the source cannot be read", e);
    }
    return collected;
  }

  private static <T> void read(Source<T> source, Node node, List<Emission> into) throws Exception {
    Map<Split, Optional<Position>> all = new LinkedHashMap<>();
    for (Split split : source.discover()) {
      all.put(split, Optional.empty());
    }
    long read = 0;
    try (Reader<T> reader = source.open(new NoGroup())) {
      reader.assign(all);
      for (Chunk<T> chunk = reader.poll(Duration.ofSeconds(1));
          chunk != null;
          chunk = reader.poll(Duration.ofSeconds(1))) {
        for (int i = 0; i < chunk.size(); i++) {
          try {
            into.add(new Value(chunk.get(i)));
          } catch (Exception e) {
            into.add(node.failAt(null, read, e, 1));
          }
          read++; // a connector's bad records have a place of their own
        }
      }
    }
  }

  private static final class Iterated extends Node {
    private final Iterator<?> iterator;
    private long given;

    Iterated(Step step, Iterator<?> iterator) {
      super(step, null);
      this.iterator = iterator;
    }

    @Override
    Emission advance() {
      try {
        if (!iterator.hasNext()) {
          return Emission.END;
        }
        Value value = new Value(iterator.next());
        given++;
        return value;
      } catch (Exception e) {
        return failAt(null, given, e, 1);
      }
    }
  }

  private static final class NoGroup implements Assignments {
    @Override
    public Map<Split, Optional<Position>> gained(Set<Split> splits) {
      throw new AssertionError("no group");
    }

    @Override
    public void leaving(Set<Split> splits, Instant deadline) {}

    @Override
    public void lost(Set<Split> splits) {}
  }
}
