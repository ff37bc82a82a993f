package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ingest as a flow: its runs are recorded, and what was fetched a moment ago is not fetched
/// again.
class IngestTest {
  private static final Path EXAMPLES = Checkout.real().root().resolve("examples");

  @TempDir private static Path shared;
  private static Checkout checkout;

  @TempDir private Path directory;

  @BeforeAll
  static void build() throws IOException {
    checkout = Checkout.built(shared);
  }

  @BeforeEach
  void copyData() throws IOException {
    Path data = Files.createDirectories(directory.resolve("examples/data"));
    Files.copy(EXAMPLES.resolve("data/trips.parquet"), data.resolve("trips.parquet"));
  }

  private Command.Result ingest(String... parameters) throws Exception {
    return checkout
        .penstock("run", EXAMPLES.resolve("ingest.java").toString())
        .with(parameters)
        .in(directory)
        .env("PENSTOCK_HOME", directory.resolve("home").toString())
        .run();
  }

  private static List<String> log(Command.Result result) {
    return result
        .err()
        .lines()
        .filter(line -> line.contains(" | "))
        .map(line -> line.substring(15).replaceAll("'[a-z]+-[a-z]+'", "'RUN'"))
        .toList();
  }

  @Test
  void theSecondRunFindsWhatTheFirstHasFetched() throws Exception {
    Command.Result first = ingest("--param", "table=rides");
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(log(first))
        .containsExactly(
            "INFO    | Flow run 'RUN' - Beginning flow run 'RUN' for flow 'Ingest taxi trips'",
            "INFO    | Flow run 'RUN' - Created task run 'extract-0' for task 'extract'",
            "INFO    | Flow run 'RUN' - Executing 'extract-0' immediately...",
            "INFO    | Task run 'extract-0' - Finished in state Completed()",
            "INFO    | Flow run 'RUN' - Created task run 'transform-0' for task 'transform'",
            "INFO    | Flow run 'RUN' - Executing 'transform-0' immediately...",
            "INFO    | Task run 'transform-0' - Finished in state Completed()",
            "INFO    | Flow run 'RUN' - Created task run 'load-0' for task 'load'",
            "INFO    | Flow run 'RUN' - Executing 'load-0' immediately...",
            "INFO    | Task run 'load-0' - Finished in state Completed()",
            "INFO    | Flow run 'RUN' - Created task run 'report-0' for task 'report'",
            "INFO    | Flow run 'RUN' - Executing 'report-0' immediately...",
            "INFO    | Flow run 'RUN' - Beginning flow run 'RUN' for flow 'report'",
            "INFO    | Flow run 'RUN' - 3960 rows in rides",
            "INFO    | Flow run 'RUN' - Finished in state Completed()",
            "INFO    | Task run 'report-0' - Finished in state Completed()",
            "INFO    | Flow run 'RUN' - Finished in state Completed()");

    Command.Result second = ingest();
    assertThat(log(second)).contains("INFO    | Task run 'extract-0' - Finished in state Cached()");
    assertThat(log(second)).contains("INFO    | Flow run 'RUN' - 3960 rows in trips");
  }

  @Test
  void parametersThatDoNotFitAreToldTogether() throws Exception {
    Command.Result result = ingest("--param", "tabel=rides", "--param", "warehouse=");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("ingest.java: 2 problems with the parameters:")
        .contains("\"tabel\" is unknown; did you mean \"table\"?");
  }
}
