package dev.penstock.pipeline.plan;

import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The whole numbers from `from` up to, but without, `to`.
public record LongRange(long from, long to) implements Iterable<Long>, Serializable {

  @Override
  public Iterator<Long> iterator() {
    return new Iterator<>() {
      private long next = from;

      @Override
      public boolean hasNext() {
        return next < to;
      }

      @Override
      public Long next() {
        if (next >= to) {
          throw new NoSuchElementException();
        }
        return next++;
      }
    };
  }

  @Override
  public String toString() {
    return from + ".." + to;
  }
}
