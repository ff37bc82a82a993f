package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Row;
import dev.penstock.testkit.Seed;
import dev.penstock.testkit.TestRecords.Wide;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written is read back as the same.
class RoundTripTest {
  record Inner(String text, Integer number) {}

  record Deep(
      String text,
      String other,
      byte[] binary,
      char letter,
      BigDecimal price,
      Inner inner,
      List<Inner> list,
      Map<String, List<Double>> map) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Deep that
          && Objects.equals(text, that.text)
          && Objects.equals(other, that.other)
          && Arrays.equals(binary, that.binary)
          && letter == that.letter
          && Objects.equals(price, that.price)
          && Objects.equals(inner, that.inner)
          && Objects.equals(list, that.list)
          && Objects.equals(map, that.map);
    }

    @Override
    public int hashCode() {
      return Objects.hash(text, other, letter, price, inner, list, map);
    }
  }

  record Single(String text) {}

  private static final String[] PIECES = {
    "",
    "a",
    " ",
    ",",
    ";",
    "\"",
    "\"\"",
    "'",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\\",
    "NA",
    "null",
    "ü",
    "\uD83D\uDE00",
    "\uFFFD",
    "{}",
    "0",
    "\uFEFF"
  };

  @TempDir Path directory;

  private static String text(Random random) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(5);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static Inner inner(Random random) {
    return random.nextInt(5) == 0
        ? null
        : new Inner(text(random), random.nextBoolean() ? null : random.nextInt());
  }

  private static Deep deep(Random random) {
    byte[] binary = new byte[random.nextInt(4)];
    random.nextBytes(binary);
    List<Inner> list = new ArrayList<>();
    Map<String, List<Double>> map = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(inner(random));
      map.put(String.valueOf(text(random)), List.of(random.nextDouble(), Double.NEGATIVE_INFINITY));
    }
    return new Deep(
        text(random),
        text(random),
        random.nextInt(5) == 0 ? null : binary,
        (char) (' ' + random.nextInt(90)),
        random.nextInt(5) == 0
            ? null
            : BigDecimal.valueOf(random.nextLong(), random.nextInt(30) - 5),
        inner(random),
        random.nextInt(5) == 0 ? null : list,
        random.nextInt(5) == 0 ? null : map);
  }

  @Test
  void generatedRecordsPassThroughEveryFormat() throws Exception {
    Random random = new Random(Seed.of("records through every format"));
    for (int round = 0; round < 40; round++) {
      List<Deep> records = new ArrayList<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        records.add(deep(random));
      }
      CsvFormat strange = Csv.format().delimiter(';').quote('\'').nullText("NA");
      CsvFormat utf16 = Csv.format().delimiter('\t').charset(StandardCharsets.UTF_16LE);
      assertSame(
          Csv.write(file(round, "a.csv"), Deep.class),
          Csv.read(file(round, "a.csv"), Deep.class),
          records);
      assertSame(
          strange.write(file(round, "b.csv.gz"), Deep.class),
          strange.read(file(round, "b.csv.gz"), Deep.class),
          records);
      assertSame(
          utf16.write(file(round, "c.csv"), Deep.class),
          utf16.read(file(round, "c.csv"), Deep.class),
          records);
      assertSame(
          JsonLines.write(file(round, "d.jsonl.zst"), Deep.class),
          JsonLines.read(file(round, "d.jsonl.zst"), Deep.class),
          records);
    }
  }

  private Path file(int round, String name) {
    return directory.resolve(round + name);
  }

  private static <T> void assertSame(FilesSink<T> sink, FilesSource<T> source, List<T> records)
      throws Exception {
    Writing.write(sink, records);
    assertThat(Reading.records(source)).isEqualTo(records);
  }

  @Test
  void everySimpleTypePassesThroughEveryFormat() throws Exception {
    List<Wide> records = LongStream.range(0, 3_000).mapToObj(Wide::of).toList();
    assertSame(
        Csv.write(file(0, ".csv"), Wide.class), Csv.read(file(0, ".csv"), Wide.class), records);
    assertSame(
        JsonLines.write(file(0, ".jsonl"), Wide.class),
        JsonLines.read(file(0, ".jsonl"), Wide.class),
        records);
  }

  @Test
  void nullsOfASingleColumnPassThrough() throws Exception {
    List<Single> records =
        Arrays.asList(new Single(null), new Single(""), new Single("x"), new Single(null));
    assertSame(
        Csv.write(file(0, ".csv"), Single.class), Csv.read(file(0, ".csv"), Single.class), records);
  }

  @Test
  void rowsPassThrough() throws Exception {
    Path file = Files.writeString(directory.resolve("a.csv"), "id,Some Name\n7,x\n,\"\"\n");
    List<Row> rows = Reading.records(Csv.read(file));
    assertSame(Csv.write(file(1, ".csv"), Row.class), Csv.read(file(1, ".csv")), rows);
    assertThat(file(1, ".csv")).hasSameTextualContentAs(file);
    assertSame(
        JsonLines.write(file(2, ".jsonl"), Row.class), JsonLines.read(file(2, ".jsonl")), rows);
  }
}
