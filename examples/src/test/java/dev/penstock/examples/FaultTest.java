package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.files.Parquet;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of faults have in common: a program is run by `./penstock` in a directory of its own;
/// what it says and its exit code are held in a golden file.
abstract class FaultTest {
  /// What the programs load.
  record Trip(long id, int passengers, double amount) {
    static Stream<Trip> first(long count) {
      return LongStream.range(0, count).mapToObj(i -> new Trip(i, (int) (i % 5), i / 4.0));
    }
  }

  static final String DUCKDB = "jdbc:duckdb:out.duckdb";

  @TempDir Path directory;
  Checkout checkout;

  @BeforeEach
  final void layOut() throws IOException {
    checkout = Checkout.built(Files.createDirectory(directory.resolve("checkout")));
    Files.createDirectory(directory.resolve("work"));
  }

  Path work(String name) {
    return directory.resolve("work").resolve(name);
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(work(name), text, StandardCharsets.ISO_8859_1);
  }

  Path trips(String name, long count) {
    Path file = work(name);
    Pipeline.streams(() -> Trip.first(count)).to(Parquet.write(file, Trip.class)).run();
    return file;
  }

  /// A program that loads what `source` reads into the table `trips`.
  static String load(String source, String url) {
    return """
    record Trip(long id, int passengers, double amount) {}

    void main() {
        Pipeline.from(%s)
            .to(Jdbc.table(connection("%s"), "trips", Trip.class).create())
            .run();
    }
    """
        .formatted(source, url);
  }

  Command command(String program) throws IOException {
    write("load.java", program);
    return checkout
        .penstock("run", "load.java")
        .in(directory.resolve("work"))
        .env("PENSTOCK_HOME", directory.resolve("home").toString());
  }

  /// Runs it and compares its exit code and what it says with a golden file.
  Command.Result run(String golden, String program) throws Exception {
    return matches(golden, command(program).run());
  }

  Command.Result matches(String golden, Command.Result result) throws IOException {
    Golden.assertMatches(
        "fault-" + golden, "exit " + result.exit() + "\n" + withoutPlace(result.err()));
    return result;
  }

  String withoutPlace(String text) {
    return text.replace(work("").toString(), "DIR")
        .replace(directory.toString(), "DIR")
        .replaceAll("file \"pg_tblspc/[^\"]*\"( with \\w+\\(\\))?", "FILE")
        .replaceAll("line [0-9]{4,}", "line N")
        .replaceAll("(?m)^pipeline +in +out.*\\R.*\\R", "")
        .replaceAll("(Failed|Cancelled) in [0-9.]+ m?s", "$1 in TIME")
        .replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:PORT")
        .replaceAll("postgres(ql)?://127.0.0.1:PORT/[a-z_0-9]+", "postgresql://127.0.0.1:PORT/DB");
  }

  /// No table is there, nor anything but what was there before and the database.
  void assertNothingWritten(String... inputs) throws Exception {
    try (Stream<Path> files = Files.list(work(""))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.startsWith("out.duckdb") && !name.equals("load.java"))
          .as("files")
          .containsExactlyInAnyOrderElementsOf(Arrays.asList(inputs));
    }
    if (Files.exists(work("out.duckdb"))) {
      assertThat(tables("jdbc:duckdb:" + work("out.duckdb"))).as("tables").isEmpty();
    }
  }

  /// A program that loads so many made-up trips into the table `trips`.
  static String generate(int count, String url) {
    return load("TRIPS", url)
        .replace(
            "Pipeline.from(TRIPS)",
            "Pipeline.range(0, " + count + ").map(i -> new Trip(i, 1, i / 4.0))");
  }

  /// The tables of a database, each with its count of rows.
  static String tables(String url) throws SQLException {
    StringBuilder all = new StringBuilder();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      List<String> names = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              "SELECT table_name FROM information_schema.tables"
                  + " WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1")) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
      for (String name : names) {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM \"" + name + "\"")) {
          row.next();
          all.append(all.isEmpty() ? "" : ", ").append(name).append(' ').append(row.getLong(1));
        }
      }
    }
    return all.toString();
  }
}
