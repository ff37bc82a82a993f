package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Name;
import dev.penstock.data.Row;
import dev.penstock.files.Reading.Outcome;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.testkit.Golden;
import dev.penstock.testkit.NoLeaks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NoLeaks
class CsvReadingTest {
  record Trip(int id, String zone, Double fare) {}

  record One(String only) {}

  record Two(String a, String b) {}

  private record Checked(int percent) {
    Checked {
      if (percent > 100) {
        throw new IllegalArgumentException("percent must be at most 100, was " + percent);
      }
    }
  }

  @TempDir Path directory;

  private Path file(String name, String content) throws IOException {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private List<Two> two(String content) throws Exception {
    return Reading.records(Csv.read(file("two.csv", content), Two.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2\n",
        "a,b\r\n1,2\r\n",
        "a,b\r1,2\r",
        "a,b\n1,2",
        "\uFEFFa,b\n1,2\n",
        "\n\na,b\n\n1,2\n\n",
        "b,a\n2,1\n",
        "c,a,d,b\n0,1,0,2\n",
        "\"a\",\"b\"\n\"1\",\"2\"\n",
        "A , B\n1,2\n"
      })
  void oneRecordInManyForms(String content) throws Exception {
    assertThat(two(content)).containsExactly(new Two("1", "2"));
  }

  @Test
  void quotedFieldsHoldDelimitersQuotesAndLineEnds() throws Exception {
    assertThat(two("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"1\n2\r\n3\",\"\"\"\"\n"))
        .containsExactly(new Two("x,y", "say \"hi\""), new Two("1\n2\r\n3", "\""));
  }

  @Test
  void aQuoteWithinAnUnquotedFieldIsItself() throws Exception {
    assertThat(two("a,b\n5\" disk, \"x\"\n")).containsExactly(new Two("5\" disk", " \"x\""));
  }

  @Test
  void anEmptyFieldIsNullAndAnEmptyQuotedFieldIsEmpty() throws Exception {
    assertThat(two("a,b\n,\"\"\n\"\",\n")).containsExactly(new Two(null, ""), new Two("", null));
  }

  @Test
  void aLineOfAFileWithOneColumnMayBeEmpty() throws Exception {
    assertThat(Reading.records(Csv.read(file("one.csv", "only\n\nx\n\"\"\n"), One.class)))
        .containsExactly(new One(null), new One("x"), new One(""));
  }

  @Test
  void fieldsLongerThanTheWindowAreRead() throws Exception {
    String large = "x".repeat(700_000) + "\n" + "y".repeat(100_000);
    assertThat(two("a,b\n1,\"" + large + "\"\n3," + "z".repeat(600_000) + "\n5,6"))
        .containsExactly(new Two("1", large), new Two("3", "z".repeat(600_000)), new Two("5", "6"));
  }

  @Test
  void aLineThatDoesNotEndIsToldBeforeTheMemoryIsFull() throws Exception {
    Path file = directory.resolve("open.csv");
    byte[] rest = "x".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("a,b\n1,2\n3,".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 70; i++) {
        out.write(rest);
      }
    }
    assertThatThrownBy(() -> Reading.records(Csv.read(file, Two.class)))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("open.csv")
        .hasMessageEndingWith(
            "no record ends within 64 MiB from byte 8 on: is it text with a record in each line?");
  }

  @Test
  void theFormatCanBeAnother() throws Exception {
    CsvFormat format = Csv.format().delimiter(';').quote('\'').nullText("NA").columns("b", "a");
    Path file = file("x.csv", "NA;'NA'\n'a;b''c';\n");
    assertThat(Reading.records(format.read(file, Two.class)))
        .containsExactly(new Two("NA", null), new Two("", "a;b'c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-8"})
  void charsetsAreRead(String charset) throws Exception {
    Path file = file("x.csv", "a,b\nß,\"é\n\"\nx,y\n".getBytes(charset));
    FilesSource<Two> source = Csv.format().charset(Charset.forName(charset)).read(file, Two.class);
    assertThat(Reading.records(source)).containsExactly(new Two("ß", "é\n"), new Two("x", "y"));
    List<Outcome<Two>> all = Reading.outcomes(source);
    Split split = source.discover().getFirst();
    assertThat(Reading.outcomes(source, Map.of(split, Optional.of(all.getFirst().after()))))
        .containsExactly(all.getLast());
  }

  @Test
  void rowsHaveTheTextsOfAllColumns() throws Exception {
    List<Row> rows = Reading.records(Csv.read(file("x.csv", "id,Some Name\n7,x\n,\n").toString()));
    assertThat(rows).hasToString("[Row[id=7, Some Name=x], Row[id=null, Some Name=null]]");
    assertThat(rows.getFirst().integer("id")).isEqualTo(7);
    assertThat(rows.getFirst().schema()).isSameAs(rows.getLast().schema());
  }

  @Test
  void readingGoesOnAfterEachBadRecord() throws Exception {
    byte[] content =
        """
        id,zone,fare
        1,a,1.5
        x,b,2
        3,c,1;5
        4,d
        5,e,1,6
        6,"f"x,1
        7,"two
        lines",7
        8,"open,8
        9,"in ""9\""",9
        ,k,10
        11,g\0,11
        12,h,"NaN"
        """
            .replace("g\0", "\u00ff")
            .getBytes(StandardCharsets.ISO_8859_1);
    List<Outcome<Trip>> outcomes =
        Reading.outcomes(Csv.read(file("trips.csv", content), Trip.class));
    assertThat(outcomes.stream().filter(o -> o.failure() == null).map(Outcome::record))
        .containsExactly(
            new Trip(1, "a", 1.5),
            new Trip(7, "two\nlines", 7.0),
            new Trip(9, "in \"9\"", 9.0),
            new Trip(12, "h", Double.NaN));
    Golden.assertMatches("csv-bad-records", failures(outcomes));
    BadRecord bad = (BadRecord) outcomes.get(1).failure();
    assertThat(bad.column()).contains("id");
    assertThat(bad.text()).contains("x");
    assertThat(bad.wanted()).contains("an int");
    assertThat(bad.place()).endsWith("trips.csv, line 3");
  }

  private <T> String failures(List<Outcome<T>> outcomes) {
    List<String> messages = new ArrayList<>();
    for (Outcome<T> outcome : outcomes) {
      if (outcome.failure() != null) {
        messages.add(shown(outcome.failure()));
      }
    }
    return String.join("\n", messages);
  }

  private String shown(Throwable failure) {
    return String.valueOf(failure.getMessage()).replace(directory.toString(), "DIR");
  }

  @Test
  void aQuoteThatIsNeverClosedCostsItsLineOnly() throws Exception {
    StringBuilder content = new StringBuilder("a,b\n0,\"open\n");
    for (int i = 1; i <= 2_000_000; i++) {
      content.append(i).append(",x\n");
    }
    assertThat(content.length()).isGreaterThan(CsvTokenizer.LONGEST_RECORD);
    List<Outcome<Two>> outcomes =
        Reading.outcomes(Csv.read(file("x.csv", content.toString()), Two.class));
    assertThat(outcomes).hasSize(2_000_001);
    assertThat(outcomes.getFirst().failure())
        .hasMessageContaining("line 2: the quote is never closed");
    assertThat(outcomes.getLast().record()).isEqualTo(new Two("2000000", "x"));
  }

  @Test
  void whatTheRecordRefusesIsABadRecord() throws Exception {
    List<Outcome<Checked>> outcomes =
        Reading.outcomes(Csv.read(file("x.csv", "percent\n101\n99\n"), Checked.class));
    assertThat(outcomes.getFirst().failure())
        .isInstanceOf(BadRecord.class)
        .hasMessageEndingWith("x.csv, line 2: percent must be at most 100, was 101");
    assertThat(outcomes.getLast().record()).isEqualTo(new Checked(99));
  }

  @Test
  void badFilesAreToldInOneMessageEach() throws Exception {
    List<String> messages = new ArrayList<>();
    Path empty = file("empty.csv", "");
    Path broken = file("broken.csv", "id,\"zone\n1,2\n");
    Path other = file("other.csv", "ident,Zone,fares,x\n");
    Path twice = file("twice.csv", "a,a\n1,2\n");
    Files.createDirectories(directory.resolve("sub"));
    messages.add(failure(Csv.read(empty, Trip.class)));
    messages.add(failure(Csv.read(broken, Trip.class)));
    messages.add(failure(Csv.read(other, Trip.class)));
    messages.add(failure(Csv.read(twice)));
    messages.add(failure(Csv.read(directory.resolve("emty.csv"))));
    messages.add(failure(Csv.read(directory.resolve("none/emty.csv"))));
    messages.add(failure(Csv.read(directory.resolve("sub"))));
    messages.add(failure(Csv.read(directory + "/*.tsv")));
    messages.add(failure(Csv.read(directory + "/none/*.csv")));
    Golden.assertMatches("csv-bad-files", String.join("\n", messages));
  }

  private String failure(FilesSource<?> source) {
    try {
      Reading.outcomes(source);
    } catch (Exception e) {
      return e.getClass().getSimpleName() + ": " + shown(e);
    }
    throw new AssertionError("nothing failed in " + source);
  }

  @Test
  void aFileWithAHeaderOnlyHasNoRecords() throws Exception {
    assertThat(two("a,b\n")).isEmpty();
    assertThat(two("a,b")).isEmpty();
  }

  @Test
  void compressedDataThatEndsEarlyFailsAfterTheRecordsBefore() throws Exception {
    Path file = directory.resolve("x.csv.gz");
    try (OutputStream out = Compression.GZIP.compress(Files.newOutputStream(file))) {
      out.write("a,b\n".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 200_000; i++) {
        out.write((Integer.toHexString(i * 31) + "," + i + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length / 2));
    assertThatThrownBy(() -> Reading.outcomes(Csv.read(file, Two.class)))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("cannot read on in ")
        .hasMessageContaining("x.csv.gz: ");
  }

  @Test
  void aFileThatIsNotCompressedAsItsNameSaysIsABadFile() throws Exception {
    Path file = file("x.csv.gz", "a,b\n");
    assertThatThrownBy(() -> Reading.outcomes(Csv.read(file)))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("x.csv.gz: Not in GZIP format");
  }

  @Test
  void aFileThatHasChangedIsNotReadOn() throws Exception {
    Path file = file("x.csv", "a,b\n1,2\n");
    FilesSource<Two> source = Csv.read(file, Two.class);
    Split split = source.discover().getFirst();
    Files.writeString(file, "a,b\n1,3\n");
    assertThatThrownBy(() -> Reading.outcomes(source, Map.of(split, Optional.empty())))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("has changed");
    Files.writeString(file, "a,b\n1,2\n"); // the same content again is the same file
    assertThat(Reading.outcomes(source, Map.of(split, Optional.empty()))).hasSize(1);
  }

  @Test
  void patternsFindFilesSortedByPathAndNoHiddenOnes() throws Exception {
    for (String name :
        List.of("b1.csv", "a2.csv", ".a3.csv", "c.txt", "sub/d.csv", "_penstock/e.csv")) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x\n" + name + "\n");
    }
    assertThat(found(directory + "/*.csv")).containsExactly("a2.csv", "b1.csv");
    assertThat(found(directory + "/**.csv")).containsExactly("a2.csv", "b1.csv", "sub/d.csv");
    assertThat(found(directory + "/s*/d.csv")).containsExactly("sub/d.csv");
    assertThat(found(directory + "/{c,a}*.{txt,csv}")).containsExactly("a2.csv", "c.txt");
    assertThat(found(directory + "/[!a]?.csv")).containsExactly("b1.csv");
  }

  private List<String> found(String pattern) throws Exception {
    return Reading.records(Csv.read(pattern)).stream().map(row -> row.text("x")).toList();
  }

  record Zone(@Name("LocationID") int id, String borough, String zone, String serviceZone) {}

  @Test
  void theRealTableOfZonesIsRead() throws Exception {
    List<Zone> zones =
        Reading.records(Csv.read(SharedData.file("taxi_zone_lookup.csv"), Zone.class));
    assertThat(zones).hasSize(265);
    assertThat(zones.getFirst()).isEqualTo(new Zone(1, "EWR", "Newark Airport", "EWR"));
    assertThat(zones).extracting(Zone::id).doesNotHaveDuplicates();
  }

  @Test
  void formatsThatContradictThemselvesAreRefused() {
    assertThatThrownBy(() -> Csv.format().delimiter('"'))
        .hasMessage("delimiter and quote must differ, both were \"");
    assertThatThrownBy(() -> Csv.format().delimiter('§'))
        .hasMessage("the delimiter must be an ASCII character and no line end, was U+00A7");
    assertThatThrownBy(() -> Csv.format().nullText("a,b"))
        .hasMessage("the null text must hold no delimiter, quote or line end, was \"a,b\"");
    assertThatThrownBy(() -> Csv.read("x.csv", String.class)).hasMessageContaining("not a record");
  }
}
