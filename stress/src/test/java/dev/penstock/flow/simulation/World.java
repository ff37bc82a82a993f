package dev.penstock.flow.simulation;

import dev.penstock.flow.store.SimulatedDatabase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// What there is besides processes: time, chance, a store, and those who watch.
final class World implements AutoCloseable {
  static final long SECOND = 1_000_000;

  /// After so long nothing goes wrong any more, so that everything can come to its end.
  static final long CALM = 45 * SECOND;

  private static final Instant BEGAN = Instant.parse("2026-03-01T00:00:00Z");

  private final long seed;
  private final PlantedBug bug;
  private final RandomGenerator random;
  private final Turns turns;
  private final Faults faults;
  private final SimulatedDatabase database;
  private final History history;
  private final Witness witness;
  private final Ledger ledger;
  private long leaps;
  private @Nullable Violation violation;

  World(long seed, PlantedBug bug) {
    this.seed = seed;
    this.bug = bug;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.turns = new Turns(random);
    this.faults = Faults.draw(random);
    this.history = new History(turns::now);
    this.database = new SimulatedDatabase(this::storeMicros, bug::statement);
    this.witness = new Witness(this);
    this.ledger = new Ledger(this);
  }

  long seed() {
    return seed;
  }

  PlantedBug bug() {
    return bug;
  }

  RandomGenerator random() {
    return random;
  }

  Turns turns() {
    return turns;
  }

  Faults faults() {
    return faults;
  }

  SimulatedDatabase database() {
    return database;
  }

  History history() {
    return history;
  }

  Witness witness() {
    return witness;
  }

  Ledger ledger() {
    return ledger;
  }

  boolean isCalm() {
    return turns.now() >= CALM;
  }

  /// Whether things go wrong. While the world is made, nothing does.
  boolean isStormy() {
    return turns.current() != null && !isCalm();
  }

  boolean chance(double share) {
    return random.nextDouble() < share;
  }

  /// A time of whole half seconds, so that things fall together at times.
  long micros(int fromSeconds, int toSeconds) {
    return random.nextInt(2 * fromSeconds, 2 * toSeconds + 1) * SECOND / 2;
  }

  /// The time of day, as it is.
  Instant instant() {
    return BEGAN.plus(turns.now(), ChronoUnit.MICROS);
  }

  /// The clock of the store leaps.
  void leap(int seconds) {
    leaps += seconds * SECOND;
    history.note("store", "its clock leaps by " + seconds + " s");
  }

  /// The clock of the store.
  long storeMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant()) + leaps;
  }

  /// What must never happen has happened: the product's code may catch what is thrown for it.
  void violated(Violation found) {
    if (violation == null) {
      violation = found;
    }
  }

  @Nullable Violation violation() {
    return violation;
  }

  /// Ends all processes.
  void end() {
    turns.end();
  }

  @Override
  public void close() {
    database.close();
  }
}
