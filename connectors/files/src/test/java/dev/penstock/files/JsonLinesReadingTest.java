package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.files.Reading.Outcome;
import dev.penstock.testkit.Golden;
import dev.penstock.testkit.NoLeaks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NoLeaks
class JsonLinesReadingTest {
  record Zone(int id, String name) {}

  record Trip(int id, Zone zone, List<Double> fares) {}

  @TempDir Path directory;

  private FilesSource<Trip> source(String content) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    return JsonLines.read(Files.write(directory.resolve("trips.jsonl"), bytes), Trip.class);
  }

  @Test
  void linesMayEndInAnyUsualWayAndBeEmpty() throws Exception {
    assertThat(Reading.records(source("\u00EF\u00BB\u00BF{\"id\": 1}\r\n\n  \n{\"id\": 2}")))
        .containsExactly(new Trip(1, null, null), new Trip(2, null, null));
    assertThat(Reading.records(source(""))).isEmpty();
  }

  @Test
  void aLineLongerThanTheWindowIsRead() throws Exception {
    String name = "x".repeat(900_000);
    String line = "{\"id\": 1, \"zone\": {\"id\": 2, \"name\": \"" + name + "\"}}\n";
    assertThat(Reading.records(source(line + line)))
        .containsExactly(
            new Trip(1, new Zone(2, name), null), new Trip(1, new Zone(2, name), null));
  }

  @Test
  void readingGoesOnAfterEachBadLine() throws Exception {
    List<Outcome<Trip>> outcomes =
        Reading.outcomes(
            source(
                """
                {"id": 1}
                {"id": "one"}
                {"id": 2, "zone": {"id": null}}
                {"id": 3, "fares": [1.5, "x"]}

                {"id": 4
                4, 5
                {"id": 6, "zone": {"id": 7, "name": "\u00ff"}}
                {"zone": null}
                {"id": 8}
                """));
    List<String> messages = new ArrayList<>();
    for (Outcome<Trip> outcome : outcomes) {
      if (outcome.failure() != null) {
        assertThat(outcome.failure()).isInstanceOf(BadRecord.class);
        messages.add(outcome.failure().getMessage().replace(directory.toString(), "DIR"));
      }
    }
    assertThat(outcomes).hasSize(9);
    assertThat(outcomes.getLast().record()).isEqualTo(new Trip(8, null, null));
    Golden.assertMatches("jsonl-bad-records", String.join("\n", messages));
    BadRecord bad = (BadRecord) outcomes.get(3).failure();
    assertThat(bad.column()).contains("fares[1]");
    assertThat(bad.text()).contains("x");
    assertThat(bad.wanted()).contains("a double");
  }

  @Test
  void aFileThatIsNotThereIsToldWhenTheRunBegins() {
    FilesSource<Trip> source = JsonLines.read(directory + "/none.jsonl", Trip.class);
    assertThatThrownBy(source::discover).isInstanceOf(NoSuchFile.class);
  }
}
