package dev.penstock.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Files that cannot be loaded: one clear message each, exit code 1, and no table.
class BadInputTest extends FaultTest {
  private static final String PARQUET = "Parquet.read(Path.of(\"trips.parquet\"), Trip.class)";
  private static final String CSV = "Csv.read(Path.of(\"trips.csv\"), Trip.class)";

  private void fails(String golden, String source, String... inputs) throws Exception {
    run(golden, load(source, DUCKDB));
    assertNothingWritten(inputs);
  }

  @Test
  void noSuchFile() throws Exception {
    fails("no-such-file", PARQUET);
  }

  @Test
  void aFileThatIsNotParquet() throws Exception {
    write("trips.parquet", "id,passengers,amount\n1,2,3.5\n");
    fails("not-parquet", PARQUET, "trips.parquet");
  }

  @Test
  void aTruncatedParquetFile() throws Exception {
    Path file = trips("trips.parquet", 10_000);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length / 2));
    fails("truncated-parquet", PARQUET, "trips.parquet");
  }

  @Test
  void anEmptyParquetFile() throws Exception {
    write("trips.parquet", "");
    fails("empty-parquet", PARQUET, "trips.parquet");
  }

  @Test
  void anEmptyCsvFile() throws Exception {
    write("trips.csv", "");
    fails("empty-csv", CSV, "trips.csv");
  }

  @Test
  void aMissingColumn() throws Exception {
    write("trips.csv", "id,passengers\n1,2\n");
    fails("csv-missing-column", CSV, "trips.csv");
  }

  @Test
  void aRenamedColumn() throws Exception {
    write("trips.csv", "id,pasengers,amount\n1,2,3.5\n");
    fails("csv-renamed-column", CSV, "trips.csv");
  }

  @Test
  void missingAndRenamedColumnsOfParquet() throws Exception {
    trips("trips.parquet", 10);
    String program = load(PARQUET, DUCKDB).replace("int passengers", "int pasengers, String note");
    run("parquet-missing-columns", program);
    assertNothingWritten("trips.parquet");
  }

  @Test
  void aColumnOfAnotherType() throws Exception {
    trips("trips.parquet", 10);
    String program =
        load(PARQUET, DUCKDB).replace("int passengers", "java.time.LocalDate passengers");
    run("parquet-other-type", program);
    assertNothingWritten("trips.parquet");
  }

  @Test
  void aFieldOfAnotherType() throws Exception {
    write("trips.csv", "id,passengers,amount\n1,2,3.5\n2,two,3.5\n");
    fails("csv-other-type", CSV, "trips.csv");
  }

  @Test
  void aBrokenQuote() throws Exception {
    write("trips.csv", "id,passengers,amount\n1,2,3.5\n2,\"3,4.5\n3,4,5\n");
    fails("csv-broken-quote", CSV, "trips.csv");
  }

  @Test
  void aShortRow() throws Exception {
    write("trips.csv", "id,passengers,amount\n1,2,3.5\n2,3\n");
    fails("csv-short-row", CSV, "trips.csv");
  }

  @Test
  void aBadByte() throws Exception {
    write("trips.csv", "id,passengers,amount,note\n1,2,3.5,a\n2,3,3.5,b\u00ff\n");
    run("csv-bad-byte", load(CSV, DUCKDB).replace("double amount", "double amount, String note"));
    assertNothingWritten("trips.csv");
  }
}
