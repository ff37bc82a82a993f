package dev.penstock.kill;

import static dev.penstock.pipeline.Steps.commitEvery;
import static dev.penstock.pipeline.Steps.concurrency;
import static dev.penstock.pipeline.Steps.within;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.Parquet;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.run.Summary;
import java.nio.file.Path;
import java.time.Duration;

/// The resumable load of a Parquet file into the table `rides`, without the empty rides.
///
/// @param file of [Ride]s
/// @param url of the database
/// @param concurrent whether records pass a ring of two workers
record Load(Path file, String url, Mode mode, boolean concurrent) {
  static final int COMMIT_AFTER = 5_000;
  static final String PIPELINE = "taxi";

  /// What the table does with records.
  enum Mode {
    APPEND,
    REPLACE,
    /// The last ride of each zone.
    UPSERT,
    /// Counts and sums by zone.
    ADDING
  }

  RunnablePipeline pipeline() {
    Pipeline<Ride> kept =
        Pipeline.from(new HaltingSource<>(Parquet.read(file, Ride.class))).filter(Ride::isKept);
    Pipeline<Ride> rides =
        concurrent
            ? kept.map(Load::work, concurrency(2))
                .tap(_ -> Halt.ofProcess().pass(Point.SLOT_EMITTED))
            : kept;
    ConnectionName connection = new ConnectionName(url);
    return switch (mode) {
      case APPEND -> end(rides, Jdbc.table(connection, "rides", Ride.class).create());
      case REPLACE -> end(rides, Jdbc.table(connection, "rides", Ride.class).create().replace());
      case UPSERT ->
          end(
              rides.map(ZoneTotal::of),
              Jdbc.table(connection, "rides", ZoneTotal.class).create().upsert("zone"));
      case ADDING ->
          end(
              rides.map(ZoneTotal::of),
              Jdbc.table(connection, "rides", ZoneTotal.class)
                  .create()
                  .upsert("zone")
                  .adding("rides", "amount"));
    };
  }

  private static Ride work(Ride ride) {
    Halt.ofProcess().pass(Point.SLOT_CLAIMED);
    Ride done =
        new Ride(ride.id(), ride.passengerCount(), ride.zone(), ride.totalAmount(), ride.note());
    Halt.ofProcess().pass(Point.SLOT_DONE);
    return done;
  }

  private static <T> RunnablePipeline end(Pipeline<T> records, TransactionalSink<T> table) {
    return records
        .to(new HaltingTable<>(table, COMMIT_AFTER))
        .resumable(PIPELINE, commitEvery(COMMIT_AFTER, within(Duration.ofSeconds(20))));
  }

  /// What a process of this load is started with.
  String[] arguments() {
    return new String[] {file.toString(), url, mode.name(), Boolean.toString(concurrent)};
  }

  /// Runs a load in this process.
  static void main(String[] arguments) {
    Halt.speak();
    Load load =
        new Load(
            Path.of(arguments[0]),
            arguments[1],
            Mode.valueOf(arguments[2]),
            Boolean.parseBoolean(arguments[3]));
    try {
      Summary summary = load.pipeline().run();
      Halt.say("done " + summary.in() + " " + summary.out());
    } catch (Exception e) {
      System.err.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      System.exit(1);
    }
  }
}
