package dev.penstock.benchmarks.load;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.Parquet;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.Postgres;
import dev.penstock.testkit.Trip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Loads a Parquet file of trips into PostgreSQL on two connections, beside the server's own `COPY
/// FROM` of the same rows from text and binary files of its own: `ToPostgres FILE ROWS ROUNDS`.
///
/// Every target is an empty table that is there, without indexes. A trigger on it notes, from
/// inside each loading transaction, whether the server really syncs.
public final class ToPostgres {
  private static final int CONNECTIONS = 2;

  private final Path file;
  private final long rows;
  private final String url;
  private final Connection admin;

  private ToPostgres(Path file, long rows, String url, Connection admin) {
    this.file = file;
    this.rows = rows;
    this.url = url;
    this.admin = admin;
  }

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    long rows = Long.parseLong(args[1]);
    String url = Postgres.newDatabase("trips");
    Path dumps = Files.createTempDirectory(file.toAbsolutePath().getParent(), "copy");
    Files.setPosixFilePermissions(dumps, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (Connection admin = DriverManager.getConnection(url)) {
      new ToPostgres(file, rows, url, admin).run(dumps, Integer.parseInt(args[2]));
    } finally {
      for (String name : new String[] {"text", "binary"}) {
        Files.deleteIfExists(dumps.resolve(name));
      }
      Files.delete(dumps);
    }
  }

  private void run(Path dumps, int rounds) throws Exception {
    String text = "'" + dumps.resolve("text") + "' (FORMAT text)";
    String binary = "'" + dumps.resolve("binary") + "' (FORMAT binary)";
    prepare();
    load();
    execute("COPY trips TO " + text);
    execute("COPY trips TO " + binary);
    Figures figures = new Figures();
    for (int round = 0; round < rounds; round++) {
      empty();
      figures.time("penstock, 2 connections", rows, this::load);
      empty();
      figures.time("COPY FROM text file", rows, () -> execute("COPY trips FROM " + text));
      empty();
      figures.time("COPY FROM binary file", rows, () -> execute("COPY trips FROM " + binary));
    }
    figures.print("Parquet to PostgreSQL", rows);
    printSettings();
  }

  private long load() {
    return Pipeline.from(Parquet.read(file, Trip.class))
        .to(
            Jdbc.table(new ConnectionName(url), "trips", Trip.class)
                .append()
                .connections(CONNECTIONS))
        .run()
        .out();
  }

  private void prepare() throws SQLException {
    Pipeline.<Trip>of().to(Jdbc.table(new ConnectionName(url), "trips", Trip.class).create()).run();
    execute(
        """
        CREATE TABLE seen (backend int, fsync text, synchronous_commit text);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          INSERT INTO seen VALUES (pg_backend_pid(), current_setting('fsync'),
                                   current_setting('synchronous_commit'));
          RETURN NULL;
        END $$;
        CREATE TRIGGER note BEFORE INSERT ON trips FOR EACH STATEMENT EXECUTE FUNCTION note()
        """);
  }

  /// Leaves nothing of the last load to be done during the next one.
  private void empty() throws SQLException {
    execute("TRUNCATE trips");
    execute("CHECKPOINT");
  }

  private long execute(String sql) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  private void printSettings() throws SQLException {
    try (Statement statement = admin.createStatement();
        ResultSet seen =
            statement.executeQuery(
                """
                SELECT count(*), count(DISTINCT backend),
                       count(*) FILTER (WHERE fsync = 'on' AND synchronous_commit = 'on')
                FROM seen
                """)) {
      seen.next();
      System.out.printf(
          "%d COPY statements on %d connections, %d of them with fsync and synchronous_commit on%n",
          seen.getLong(1), seen.getLong(2), seen.getLong(3));
      if (seen.getLong(1) != seen.getLong(3)) {
        throw new IllegalStateException("some loads were not synced");
      }
    }
  }
}
