package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.files.Reading.Outcome;
import dev.penstock.testkit.Golden;
import dev.penstock.testkit.TestRecords.Item;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What users read when a file is not what it should be.
class ParquetErrorsTest {
  @TempDir Path directory;

  private Path items(int count) throws Exception {
    Path file = directory.resolve("items.parquet");
    Writing.write(Parquet.write(file, Item.class), Item.list(count));
    return file;
  }

  private Path file(String name, byte[] content) throws Exception {
    return Files.write(directory.resolve(name), content);
  }

  private void assertGolden(String name, Path file, Class<?> record) throws Exception {
    Throwable failure = catchThrowable(() -> Reading.records(Parquet.read(file, record)));
    assertThat(failure).isNotNull();
    golden(name, List.of(failure));
  }

  private void golden(String name, List<Throwable> failures) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Throwable failure : failures) {
      String message = String.valueOf(failure.getMessage());
      text.append(failure.getClass().getSimpleName())
          .append(": ")
          .append(message.replace(directory.toString(), "DIR"))
          .append('\n');
    }
    Golden.assertMatches("parquet/" + name, text.toString());
  }

  @Test
  void noSuchFile() throws Exception {
    items(1);
    Path missing = directory.resolve("itms.parquet");
    assertThat(catchThrowable(() -> Parquet.read(missing, Item.class).discover()))
        .isInstanceOf(NoSuchFile.class)
        .hasMessageContaining("did you mean \"items.parquet\"?");
  }

  @Test
  void notAParquetFile() throws Exception {
    Path csv = file("items.csv", "id,name\n1,a\n".getBytes(StandardCharsets.UTF_8));
    assertGolden("not-parquet", csv, Item.class);
    Path gzip = file("items.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
    assertGolden("not-parquet-binary", gzip, Item.class);
  }

  @Test
  void emptyFile() throws Exception {
    assertGolden("empty", file("empty.parquet", new byte[0]), Item.class);
  }

  @Test
  void truncatedFile() throws Exception {
    byte[] whole = Files.readAllBytes(items(1_000));
    assertGolden(
        "truncated", file("half.parquet", Arrays.copyOf(whole, whole.length / 2)), Item.class);
    assertGolden("truncated-early", file("start.parquet", Arrays.copyOf(whole, 4)), Item.class);
  }

  @Test
  void everyTruncationIsNoticed() throws Exception {
    byte[] whole = Files.readAllBytes(items(50));
    for (int length = 1; length < whole.length; length++) {
      Path part = file("part.parquet", Arrays.copyOf(whole, length));
      assertThat(catchThrowable(() -> Reading.records(Parquet.read(part, Item.class))))
          .as("%s of %s bytes", length, whole.length)
          .isInstanceOf(BadFile.class);
    }
  }

  @Test
  void damagedPage() throws Exception {
    Path file = items(3_000);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(4);
      bytes.write(new byte[200]);
    }
    Throwable failure = catchThrowable(() -> Reading.records(Parquet.read(file, Item.class)));
    assertThat(failure)
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("items.parquet, row group 0, column \"id\" is damaged: ");
  }

  record Renamed(long id, String names, double amont, String shop, int count) {}

  @Test
  void missingAndRenamedColumns() throws Exception {
    assertGolden("missing-columns", items(1), Renamed.class);
  }

  record OtherTypes(String id, BigDecimal name, boolean amount, java.time.LocalDate count) {}

  @Test
  void columnsOfAnotherType() throws Exception {
    assertGolden("other-types", items(1), OtherTypes.class);
  }

  record Numbers(Integer small, byte whole, Float exact) {}

  record Wide(Long small, Double whole, Long exact) {}

  @Test
  void valuesThatDoNotFitFailTheirRecordAlone() throws Exception {
    Path file = directory.resolve("wide.parquet");
    Writing.write(
        Parquet.write(file, Wide.class),
        List.of(
            new Wide(3_000_000_000L, 1.0, 1L),
            new Wide(1L, 1.5, 1L),
            new Wide(1L, 200.0, 1L),
            new Wide(1L, null, 1L),
            new Wide(1L, 1.0, 16_777_217L),
            new Wide(-7L, -0.0, null)));

    List<Outcome<Numbers>> outcomes = Reading.outcomes(Parquet.read(file, Numbers.class));

    List<Throwable> failures = new ArrayList<>();
    outcomes.stream().map(Outcome::failure).filter(f -> f != null).forEach(failures::add);
    golden("bad-values", failures);
    assertThat(outcomes.getLast().record()).isEqualTo(new Numbers(-7, (byte) 0, null));
  }

  enum Size {
    SMALL,
    LARGE
  }

  record Words(String size, String letter, String uuid) {}

  record Parsed(Size size, Character letter, java.util.UUID uuid) {}

  @Test
  void textsThatDoNotFitFailTheirRecordAlone() throws Exception {
    Path file = directory.resolve("words.parquet");
    String uuid = "00000000-0000-4000-8000-000000000001";
    Writing.write(
        Parquet.write(file, Words.class),
        List.of(
            new Words("HUGE", "a", uuid),
            new Words("SMALL", "ab", uuid),
            new Words("SMALL", "a", "no"),
            new Words("LARGE", null, uuid)));

    List<Outcome<Parsed>> outcomes = Reading.outcomes(Parquet.read(file, Parsed.class));

    List<Throwable> failures = new ArrayList<>();
    outcomes.stream().map(Outcome::failure).filter(f -> f != null).forEach(failures::add);
    golden("bad-texts", failures);
    assertThat(outcomes.getLast().record())
        .isEqualTo(new Parsed(Size.LARGE, null, java.util.UUID.fromString(uuid)));
  }

  record Row(Integer a) {}

  record Outer(Row inner, List<Long> list) {}

  record PrimitiveRow(int a) {}

  record StrictOuter(PrimitiveRow inner, List<Byte> list) {}

  @Test
  void nestedValuesThatDoNotFitFailTheirRecordAlone() throws Exception {
    Path file = directory.resolve("nested.parquet");
    Writing.write(
        Parquet.write(file, Outer.class),
        List.of(
            new Outer(new Row(null), List.of(1L)),
            new Outer(new Row(1), List.of(1L, 300L, 2L)),
            new Outer(new Row(2), List.of(3L))));

    List<Outcome<StrictOuter>> outcomes = Reading.outcomes(Parquet.read(file, StrictOuter.class));

    List<Throwable> failures = new ArrayList<>();
    outcomes.stream().map(Outcome::failure).filter(f -> f != null).forEach(failures::add);
    golden("bad-nested", failures);
    assertThat(outcomes.getLast().record())
        .isEqualTo(new StrictOuter(new PrimitiveRow(2), List.of((byte) 3)));
  }
}
