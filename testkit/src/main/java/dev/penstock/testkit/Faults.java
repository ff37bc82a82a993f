package dev.penstock.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The life of one simulated process: it dies at a named point when that point has been passed so
/// many times, and whatever a dead process does afterwards has no effect. Safe for use by several
/// threads.
public final class Faults {
  private final Map<Point, Integer> passed = new EnumMap<>(Point.class);
  private final List<Zombie> zombies = new ArrayList<>();
  private final @Nullable Point deadly;
  private int left;
  private boolean dead;

  /// Where a process can die.
  public enum Point {
    AFTER_POLL,
    /// Between two children of one record.
    BETWEEN_SIBLINGS,
    BATCH_FULL,
    SLOT_CLAIMED,
    SLOT_DONE,
    SLOT_EMITTED,
    WRITE,
    BEFORE_STAGE,
    AFTER_STAGE,
    /// Before a COMMIT, or before an entry is logged.
    BEFORE_COMMIT,
    /// The commit happened, but nobody heard of it.
    DURING_COMMIT,
    AFTER_COMMIT,
    BEFORE_PUBLISH,
    AFTER_PUBLISH,
    DURING_CLAIM,
    AFTER_CLAIM,
    /// The positions are known, reading has not begun.
    BEFORE_SEEK
  }

  /// The end of a simulated process. An `Error`, because no pipeline may catch it.
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String message) {
      super(message, null, false, false);
    }
  }

  /// What a process that was thought dead does when it wakes: it must throw
  /// [dev.penstock.pipeline.connector.Fenced] and change nothing, once another has claimed.
  @FunctionalInterface
  public interface Zombie {
    void wake() throws Exception;
  }

  private Faults(@Nullable Point deadly, int passes) {
    this.deadly = deadly;
    this.left = passes;
  }

  /// A process that lives on.
  public static Faults none() {
    return new Faults(null, 0);
  }

  /// A process that dies at the given pass of this point, counted from 1.
  public static Faults crashAt(Point point, int pass) {
    if (pass < 1) {
      throw new IllegalArgumentException("pass must be at least 1, was " + pass);
    }
    return new Faults(point, pass);
  }

  /// Passes a point; kills the process if its time has come.
  public synchronized void pass(Point point) {
    requireAlive();
    passed.merge(point, 1, Integer::sum);
    if (point == deadly && --left == 0) {
      dead = true;
      throw new Crash("crashed at " + point);
    }
  }

  /// Throws if the process is dead.
  public synchronized void requireAlive() {
    if (dead) {
      throw new Crash("the process is dead");
    }
  }

  public synchronized boolean dead() {
    return dead;
  }

  /// Where the process dies.
  ///
  /// @throws IllegalStateException for a process that lives on
  public Point deadly() {
    if (deadly == null) {
      throw new IllegalStateException("a process without a crash");
    }
    return deadly;
  }

  /// How often a point was passed.
  public synchronized int passed(Point point) {
    return passed.getOrDefault(point, 0);
  }

  /// Leaves something for this process to do when it wakes as a zombie.
  public synchronized void onWaking(Zombie zombie) {
    zombies.add(zombie);
  }

  /// What a zombie of this process would do.
  public synchronized List<Zombie> zombies() {
    return List.copyOf(zombies);
  }

  @Override
  public synchronized String toString() {
    return deadly == null ? "no crash" : "crash at " + deadly + (dead ? "" : " in " + left);
  }
}
