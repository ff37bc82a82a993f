package dev.penstock.flow;

import static dev.penstock.flow.Flows.artifact;
import static dev.penstock.flow.Flows.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.NoFlowRun;
import dev.penstock.flow.store.StoredArtifact;
import dev.penstock.flow.store.StoredArtifact.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What flows and tasks leave for people to look at.
class ArtifactTest {
  private static boolean failed;

  private static List<StoredArtifact> left(String flow, String parameters) throws Exception {
    FlowEnd end = LocalFlows.run(Program.class, flow, parameters);
    assertThat(end.failure()).isNull();
    return LocalFlows.store().artifacts().of(end.run(), 100);
  }

  static class Program {
    record Day(LocalDate day, long rows) {}

    @Flow
    void report() {
      artifact("rows-by-day").table(List.of(new Day(LocalDate.of(2026, 3, 1), 7)));
      artifact("counts").table(List.of(Map.of("name", "a \"b\"", "n", 3)));
      artifact("note").description("what happened").markdown("# Done\n*all*");
      artifact("site").link(URI.create("https://example.org/"), "the site");
      task("draw").run(this::progress);
    }

    void progress() {
      var progress = artifact("copied").progress();
      for (int i = 0; i <= 1000; i++) {
        progress.update(i / 10.0);
      }
    }

    @Flow
    void picture(Path file) {
      artifact("diagram").image(file);
    }

    @Flow(retries = 1)
    void twice() {
      artifact("note").markdown("one");
      if (!failed) {
        failed = true;
        throw new IllegalStateException("again");
      }
    }
  }

  @Test
  void eachKindIsKeptWithItsRun() throws Exception {
    List<StoredArtifact> left = left("report", "{}");
    assertThat(left)
        .extracting(StoredArtifact::kind, StoredArtifact::key, StoredArtifact::data)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(
                Kind.TABLE, "rows-by-day", "[{\"day\":\"2026-03-01\",\"rows\":7}]"),
            org.assertj.core.groups.Tuple.tuple(
                Kind.TABLE, "counts", left.get(1).data()), // a map has no order
            org.assertj.core.groups.Tuple.tuple(Kind.MARKDOWN, "note", "\"# Done\\n*all*\""),
            org.assertj.core.groups.Tuple.tuple(Kind.LINK, "site", left.get(3).data()),
            org.assertj.core.groups.Tuple.tuple(Kind.PROGRESS, "copied", "100"));
    assertThat(left.get(1).data()).contains("\"name\":\"a \\\"b\\\"\"", "\"n\":3");
    assertThat(left.get(3).data()).contains("https://example.org/", "the site");
    assertThat(left.get(2).description()).isEqualTo("what happened");
    assertThat(left).extracting(one -> one.taskRun() != null).endsWith(true);
  }

  @Test
  void anImageIsKeptItself(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("a.png"), new byte[] {1, 2, 3});
    List<StoredArtifact> left = left("picture", "{\"file\": \"" + file + "\"}");
    assertThat(left.getFirst().data()).contains("data:image/png;base64,AQID");
  }

  @Test
  void aFileThatIsNoImageIsRefused(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), "text");
    assertThatThrownBy(() -> artifact("diagram").image(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not that of an image");
  }

  @Test
  void aReplayWritesItInTheSamePlace() throws Exception {
    assertThat(left("twice", "{}")).hasSize(1);
  }

  @Test
  void badKeysRowsAndSizesAreRefused() {
    assertThatThrownBy(() -> artifact("Rows By Day"))
        .hasMessage(
            "the key of an artifact is lower-case letters, digits and dashes, such as rows-by-day;"
                + " was \"Rows By Day\"");
    assertThatThrownBy(() -> artifact("rows").table(List.of("a")))
        .hasMessageContaining("must be records or maps, one was a java.lang.String");
    assertThatThrownBy(() -> artifact("note").markdown("x".repeat(5 << 20)))
        .hasMessageContaining("keep it as a file, and link to it");
    assertThatThrownBy(() -> artifact("note").markdown("x")).isInstanceOf(NoFlowRun.class);
  }
}
