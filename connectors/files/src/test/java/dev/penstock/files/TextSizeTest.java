package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.run.LiveRun;
import dev.penstock.pipeline.run.RunListener;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.testkit.NoLeaks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Text files know their bytes, from which whoever watches a run learns how far it is.
@NoLeaks
class TextSizeTest {
  private static final int ROWS = 200_000;

  record Line(int number, String text) {}

  @TempDir Path directory;

  private Path write(String name, String header, String row) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream out =
        Compression.of(file.toString()).compress(java.nio.file.Files.newOutputStream(file))) {
      StringBuilder text = new StringBuilder(header);
      for (int i = 0; i < ROWS; i++) {
        text.append(row.formatted(100_000 + i));
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /// The sizes that are told when half of the records have come, and at the end.
  private static List<Long> sizes(Source<Line> source) {
    AtomicReference<LiveRun> live = new AtomicReference<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void started(LiveRun run) {
            live.set(run);
          }
        };
    List<Long> sizes = new ArrayList<>();
    Pipeline.from(source)
        .zipWithIndex()
        .filter(line -> line.index() == ROWS / 2)
        .tap(_ -> sizes.add(live.get().size().orElseThrow()))
        .run(RunOptions.DEFAULT.listener(listener));
    sizes.add(live.get().size().orElseThrow());
    return sizes;
  }

  private static void assertGuessed(List<Long> sizes) {
    assertThat(sizes.getFirst()).isCloseTo(ROWS, within(ROWS / 5L));
    assertThat(sizes.getLast()).isEqualTo(ROWS);
  }

  @Test
  void the_records_of_a_csv_file_are_guessed_from_its_bytes() throws IOException {
    Path file = write("lines.csv", "number,text\n", "%d,some text that makes the line longer\n");
    assertGuessed(sizes(Csv.read(file, Line.class)));
  }

  @Test
  void a_compressed_file_is_as_long_as_it_is_on_disk() throws IOException {
    Path file = write("lines.csv.gz", "number,text\n", "%d,some text that makes the line longer\n");
    assertThat(sizes(Csv.read(file, Line.class)).getLast()).isEqualTo(ROWS);
  }

  @Test
  void the_records_of_a_json_lines_file_too() throws IOException {
    Path file = write("lines.jsonl", "", "{\"number\":%d,\"text\":\"some more text\"}\n");
    assertGuessed(sizes(JsonLines.read(file, Line.class)));
  }
}
