package dev.penstock.bigquery;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.testkit.BigQueryStub;
import dev.penstock.testkit.SourceContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A query of several pages.
class BigQuerySourceContractTest extends SourceContract<BigQuerySourceContractTest.Count> {
  private static final String FIELDS =
      "[{\"name\":\"room\",\"type\":\"STRING\"},{\"name\":\"count\",\"type\":\"STRING\"}]";
  private static final int ALL = 25;

  record Count(String room, long count) {}

  private BigQueryStub stub;

  /// The client of a process lives as long as it does, and is not what a test leaves behind.
  @BeforeAll
  static void warmUp() throws Exception {
    try (BigQueryStub stub = new BigQueryStub()) {
      stub.changes("SELECT 1", 0);
      BigQuery.execute(new ConnectionName(stub.connection()), "SELECT 1");
    }
  }

  @BeforeEach
  void start() throws Exception {
    stub = new BigQueryStub();
    List<String> rows = IntStream.range(0, ALL).mapToObj(i -> row("r" + i, "" + i)).toList();
    stub.result("SELECT all", FIELDS, rows, 7);
    stub.result("SELECT bad", FIELDS, List.of(row("A", "1"), row("B", "many"), row("C", "3")), 2);
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private static String row(String room, String count) {
    return "{\"f\":[{\"v\":\"%s\"},{\"v\":\"%s\"}]}".formatted(room, count);
  }

  private Source<Count> query(String sql) {
    return BigQuery.query(new ConnectionName(stub.connection()), sql, Count.class);
  }

  @Override
  protected Source<Count> source() {
    return query("SELECT all");
  }

  @Override
  protected List<Count> expected() {
    return IntStream.range(0, ALL).mapToObj(i -> new Count("r" + i, i)).toList();
  }

  @Override
  protected Set<Trait> capabilities() {
    return Set.of(Trait.BOUNDED);
  }

  @Override
  protected Optional<BadRecords<Count>> badRecords() {
    return Optional.of(
        new BadRecords<>(query("SELECT bad"), List.of(new Count("A", 1), new Count("C", 3)), 1));
  }
}
