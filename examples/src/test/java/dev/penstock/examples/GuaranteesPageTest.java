package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.bigquery.BigQuery;
import dev.penstock.data.ConnectionName;
import dev.penstock.files.JsonLines;
import dev.penstock.http.Http;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.kafka.Kafka;
import dev.penstock.objects.ObjectStore;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each cell of the table of sources and targets says what `explain()` says of such a plan.
class GuaranteesPageTest {
  record Room(long id, String name) {}

  private static final Path PAGE = Checkout.real().root().resolve("docs/guarantees.md");
  private static final ConnectionName DATABASE = new ConnectionName("jdbc:duckdb:");
  private static final ConnectionName KAFKA = new ConnectionName("kafka://localhost:1");
  private static final ConnectionName API = new ConnectionName("http://localhost:1");

  private static final Map<String, Pipeline<Room>> SOURCES = sources();
  private static final Map<String, Sink<Room>> TARGETS = targets();

  private static Map<String, Pipeline<Room>> sources() {
    Map<String, Pipeline<Room>> sources = new LinkedHashMap<>();
    sources.put(
        "files: CSV, JSON Lines, Parquet", of(JsonLines.read(Path.of("a.jsonl"), Room.class)));
    sources.put(
        "table of a database, `orderedBy`",
        of(Jdbc.read(DATABASE, "rooms", Room.class).orderedBy("id")));
    sources.put("table of a database", of(Jdbc.read(DATABASE, "rooms", Room.class)));
    sources.put(
        "topic of Kafka, by a group", of(Kafka.topic(KAFKA, "rooms", Room.class).group("rooms")));
    sources.put("topic of Kafka", of(Kafka.topic(KAFKA, "rooms", Room.class)));
    sources.put("pages of an API over HTTP", of(Http.pages(API, "/rooms").items(Room.class)));
    sources.put("query of BigQuery", of(BigQuery.query("SELECT 1", Room.class)));
    sources.put(
        "iterables, iterators, streams, lines, queues", Pipeline.over(List.of(new Room(1, "A"))));
    return sources;
  }

  private static Pipeline<Room> of(Source<Room> source) {
    return Pipeline.from(source);
  }

  private static Map<String, Sink<Room>> targets() {
    Map<String, Sink<Room>> targets = new LinkedHashMap<>();
    targets.put(
        "table of PostgreSQL, DuckDB, SQLite", Jdbc.table(DATABASE, "copy", Room.class).create());
    targets.put(
        "directory of files, or of a bucket", JsonLines.files(Room.class, Path.of("rooms")));
    targets.put(
        "table of BigQuery, by load jobs",
        BigQuery.table("d.rooms")
            .load(Room.class, JsonLines.files(Room.class, ObjectStore.gcs("staging"))));
    targets.put("one file", JsonLines.write(Path.of("rooms.jsonl"), Room.class));
    targets.put("topic of Kafka", Kafka.topic(KAFKA, "copy", Room.class).sink());
    targets.put(
        "topic of Kafka, `transactional()`",
        Kafka.topic(KAFKA, "copy", Room.class).transactional());
    targets.put("API over HTTP", Http.post(API, "/rooms", Room.class));
    return targets;
  }

  /// @param promise what the page says
  record Cell(String source, String target, String promise) {
    @Override
    public String toString() {
      return source + " → " + target;
    }
  }

  static List<Cell> cells() throws IOException {
    String page = Files.readString(PAGE);
    List<String> lines =
        page.substring(page.indexOf("## Sources and targets"), page.indexOf("## Resumable runs"))
            .lines()
            .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
            .toList();
    List<String> head = parts(lines.getFirst());
    List<Cell> cells = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> parts = parts(line);
      for (int i = 1; i < parts.size(); i++) {
        cells.add(new Cell(parts.getFirst(), head.get(i), parts.get(i)));
      }
    }
    return cells;
  }

  private static List<String> parts(String line) {
    return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
  }

  private static RunnablePipeline plan(Cell cell) {
    return SOURCES.get(cell.source()).to(TARGETS.get(cell.target()));
  }

  @Test
  void everySourceMeetsEveryTarget() throws IOException {
    assertThat(cells().stream().map(Cell::source).distinct())
        .containsExactlyElementsOf(SOURCES.keySet());
    assertThat(cells().stream().map(Cell::target).distinct())
        .containsExactlyElementsOf(TARGETS.keySet());
    assertThat(cells()).hasSize(SOURCES.size() * TARGETS.size());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void explainSaysWhatThePageSays(Cell cell) {
    RunnablePipeline plan = plan(cell);
    RunnablePipeline resumed = cell.source().endsWith("group") ? plan : plan.resumable("rooms");
    String said = resumed.explain().lines().toList().getLast();
    String promise = cell.promise().replace(", provided", "");
    assertThat(said).startsWith(promise);
    assertThat(said.contains("provided that")).isEqualTo(cell.promise().endsWith("provided"));
  }

  static Stream<Cell> ofOneRun() throws IOException {
    return cells().stream().filter(cell -> cell.source().equals("query of BigQuery"));
  }

  @ParameterizedTest
  @MethodSource("ofOneRun")
  void withoutResumableItIsAllOrNothingOrAtLeastOnce(Cell cell) {
    boolean plain = cell.target().equals("topic of Kafka") || cell.target().startsWith("API");
    assertThat(plan(cell).explain())
        .contains("\n" + (plain ? "at least once: " : "all or nothing: "));
  }
}
