package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Fn;
import dev.penstock.testkit.Faults;
import dev.penstock.testkit.Faults.Point;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// Functions of any record that give, or fail, by what the record is and a number of their own, so
/// that they do the same in every run.
final class Functions {
  private Functions() {}

  static final class Odd extends Exception {
    private static final long serialVersionUID = 1L;

    Odd(String message) {
      super(message);
    }
  }

  static final class Strange extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Strange(String message) {
      super(message);
    }
  }

  /// Goes away when it is tried again.
  static final class Flaky extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Flaky(String message) {
      super(message);
    }
  }

  static int mix(Object record, int salt) {
    int h = (Objects.hashCode(record) + salt * 0x9E3779B9) * 0x85EBCA6B;
    return (h ^ (h >>> 15)) & 0x7fffffff;
  }

  static boolean chance(Object record, int salt, int oneIn) {
    return mix(record, salt) % oneIn == 0;
  }

  static void mayFail(Object record, int salt, int oneIn) throws Exception {
    if (chance(record, salt, oneIn)) {
      String message = "on " + record;
      switch (mix(record, salt + 1) % 3) {
        case 0 -> throw new Odd(message);
        case 1 -> throw new Strange(message);
        default -> throw new IllegalStateException(message);
      }
    }
  }

  static Integer number(Object record, int salt) {
    int n = mix(record, salt) % 100;
    return n == 99 ? null : n - 20;
  }

  /// Fails the first `times` attempts at some of the records, and for ever at others. So many
  /// retries must be allowed, because the count of attempts begins anew only with the next record.
  static Fn<Object, Object> flaky(int salt, int times) {
    ThreadLocal<Integer> attempts = ThreadLocal.withInitial(() -> 0);
    return record -> {
      mayFail(record, salt + 2, 9);
      if (chance(record, salt, 3) && attempts.get() < times) {
        attempts.set(attempts.get() + 1);
        throw new Flaky("on " + record);
      }
      attempts.set(0);
      return number(record, salt + 4);
    };
  }

  /// Children, the making of some of which fails.
  static Iterable<Object> children(Object record, int salt, boolean failing) throws Exception {
    if (failing) {
      mayFail(record, salt, 11);
    }
    int count = mix(record, salt + 1) % 5;
    List<Object> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(number(record, salt + 10 + i));
    }
    if (!failing || mix(record, salt + 2) % 2 == 0) {
      return made;
    }
    return () ->
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            if (next == 3 && chance(record, salt + 3, 4)) {
              throw new Strange("no answer on " + record);
            }
            return next < made.size();
          }

          @Override
          public Object next() {
            Object child = made.get(next++);
            if (chance(child, salt + 4, 5)) {
              throw new Strange("child " + child + " of " + record);
            }
            return child;
          }
        };
  }

  /// Children with a point between each two of them.
  static Iterable<Object> siblings(Object record, int salt, Supplier<Faults> process) {
    int count = mix(record, salt) % 4;
    return () ->
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < count;
          }

          @Override
          public Object next() {
            if (next > 0) {
              process.get().pass(Point.BETWEEN_SIBLINGS);
            }
            return record + "/" + next++ + number(record, salt);
          }
        };
  }
}
