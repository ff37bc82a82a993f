package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.JsonLines;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.kafka.Kafka;
import dev.penstock.kafka.KafkaTopic;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.pipeline.run.Summary;
import dev.penstock.testkit.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dead letters in a table, in files and in a topic: what they say, and that they are tried again.
class DeadLettersTest {
  record Order(long id, LocalDate day, List<String> lines) {}

  record Line(long order, String text) {}

  @TempDir private Path directory;
  private boolean down = true;

  private Order checked(Order order) {
    if (down && order.id() % 10 == 3) {
      throw new IllegalStateException("no such customer");
    }
    return order;
  }

  private static List<Line> lines(Order order) {
    return order.lines().stream().map(line -> new Line(order.id(), line)).toList();
  }

  private RunnablePipeline load(Sink<DeadLetter> letters) {
    return Pipeline.from(JsonLines.read(orders().toString(), Order.class))
        .map(this::checked, Steps.retry(Retry.times(2).every(Duration.ofMillis(1))))
        .catching(IllegalStateException.class)
        .deadLetter(letters)
        .flatMap(DeadLettersTest::lines)
        .to(Jdbc.table(database(), "lines", Line.class).create())
        .named("orders");
  }

  private Path orders() {
    return directory.resolve("orders.jsonl");
  }

  @BeforeEach
  void writeOrders() {
    Pipeline.over(
            LongStream.range(0, 20)
                .mapToObj(
                    i -> new Order(i, LocalDate.of(2026, 1, 1).plusDays(i), List.of("a", "b")))
                .toList())
        .to(JsonLines.write(orders(), Order.class))
        .run();
  }

  private ConnectionName database() {
    return new ConnectionName("jdbc:duckdb:" + directory.resolve("orders.duckdb"));
  }

  private long loaded() {
    return Pipeline.from(Jdbc.read(database(), "lines", Line.class)).distinct(100).count();
  }

  private void lettersAreKeptAndReplayed(Sink<DeadLetter> sink, Source<DeadLetter> kept) {
    RunnablePipeline load = load(sink);
    assertThat(load.explain()).endsWith("\ndead letters at least once, in " + sink.describe());
    Summary summary = load.run();
    assertThat(summary.deadLettered()).isEqualTo(2);
    assertThat(loaded()).isEqualTo(36);
    List<DeadLetter> letters = Pipeline.from(kept).toList();
    assertThat(letters)
        .hasSize(2)
        .allSatisfy(letter -> {
          assertThat(letter.pipeline()).isEqualTo("orders");
          assertThat(letter.step()).startsWith("map(DeadLettersTest");
          assertThat(letter.attempts()).isEqualTo(3);
          assertThat(letter.error()).isEqualTo(IllegalStateException.class.getName());
          assertThat(letter.message()).isEqualTo("no such customer");
          assertThat(letter.split()).contains("orders.jsonl");
        });
    assertThat(letters).extracting(DeadLetter::position).containsExactly("line=4", "line=14");
    assertThat(letters).extracting(DeadLetter::index).containsExactly(3L, 13L);
    assertThat(letters.getLast().record()).startsWith("Order[id=13, day=2026-01-14");
    load.replay(letters);
    assertThat(Pipeline.from(kept).toList().subList(2, 4))
        .as("still down")
        .extracting(DeadLetter::record, DeadLetter::split, DeadLetter::position)
        .isEqualTo(
            letters.stream()
                .map(each -> tuple(each.record(), each.split(), each.position()))
                .toList());
    down = false;
    List<Summary> replayed = load.replay(letters);
    assertThat(replayed).singleElement().satisfies(s -> assertThat(s.out()).isEqualTo(4));
    assertThat(loaded()).isEqualTo(40);
    assertThat(load(sink).named("other").replay(letters)).isEmpty();
  }

  @Test
  void inATable() {
    ConnectionName letters = new ConnectionName("jdbc:sqlite:" + directory.resolve("l.sqlite"));
    lettersAreKeptAndReplayed(
        Jdbc.table(letters, "letters", DeadLetter.class).create(),
        Jdbc.query(letters, "SELECT * FROM letters ORDER BY at, \"index\"", DeadLetter.class));
  }

  @Test
  void inFiles() {
    Path letters = directory.resolve("letters");
    lettersAreKeptAndReplayed(
        JsonLines.files(DeadLetter.class, letters).append(),
        JsonLines.read(letters + "/*.jsonl", DeadLetter.class));
  }

  @Test
  void inATopic() {
    KafkaTopic<DeadLetter> letters =
        Kafka.topic(
            new ConnectionName("kafka://" + KafkaBroker.address()),
            KafkaBroker.newTopic("letters"),
            DeadLetter.class);
    lettersAreKeptAndReplayed(letters.sink().create(1), letters.untilNow());
  }

  @Test
  void whatCannotBeMadeAgainIsSaidBeforeAnythingIsTried() {
    DeadLetter letter =
        new DeadLetter("", "map(x)", 7, 1, "E", "no", "Thing@17", null, Instant.EPOCH, null, null);
    assertThatThrownBy(() ->
            load(JsonLines.files(DeadLetter.class, directory)).named("").replay(List.of(letter)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "record 7 of map(x) cannot be made again of its dead letter; Java records of plain values can: Thing@17");
  }
}
