package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.data.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `examples/reverse_etl.java` from a DuckDB file to an API on the loopback interface that takes
/// some time, fails now and then, and will not have one batch at all.
class ReverseEtlTest {
  private static final Path EXAMPLE = Checkout.real().root().resolve("examples/reverse_etl.java");
  private static final int UPDATED = 1_234;
  private static final String INTERVAL =
      "interval={\"from\": \"2026-11-01T00:00:00Z\", \"to\": \"2026-11-02T00:00:00Z\"}";

  @TempDir private static Path shared;
  @TempDir private Path directory;

  private final Map<Long, JsonValue> users = new ConcurrentHashMap<>();
  private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private void fill() throws Exception {
    String url = "jdbc:duckdb:" + directory.resolve("warehouse.duckdb");
    try (Connection connection = DriverManager.getConnection(url)) {
      connection
          .createStatement()
          .execute(
              "CREATE TABLE users AS SELECT i AS id, 'u' || i || '@example.org' AS email, 'Ulm' AS city,"
                  + " CASE WHEN i < "
                  + UPDATED
                  + " THEN TIMESTAMPTZ '2026-11-01 12:00:00+00' ELSE TIMESTAMPTZ '2026-11-02 00:00:00+00' END AS updated_at"
                  + " FROM range(3000) t(i)");
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      JsonValue batch = JsonValue.parse(new String(exchange.getRequestBody().readAllBytes()));
      keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      Thread.sleep(50);
      now.decrementAndGet();
      boolean refused = batch.longInteger("/0/id") == 500;
      int status = calls.incrementAndGet() == 3 ? 503 : refused ? 422 : 204;
      if (status == 204) {
        batch.elements().forEach(user -> users.put(user.longInteger("/id"), user));
      }
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatHasChangedInTheIntervalIsSentAndARefusedBatchFailsTheRunAtItsEnd() throws Exception {
    fill();
    HttpServer crm =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      crm.setExecutor(threads);
      crm.createContext("/users", this::handle);
      crm.start();
      Command.Result result =
          Checkout.built(shared)
              .penstock("run", EXAMPLE.toString())
              .with("--param", INTERVAL)
              .with("--param", "crm=http://127.0.0.1:" + crm.getAddress().getPort())
              .in(directory)
              .env("PENSTOCK_HOME", directory.resolve("home").toString())
              .env("PENSTOCK_CONNECTION_WAREHOUSE", "jdbc:duckdb:warehouse.duckdb")
              .run();
      assertThat(result.exit()).isNotZero();
      assertThat(result.err()).contains("/users: the server answers 422");
    } finally {
      crm.stop(0);
    }
    assertThat(users).hasSize(UPDATED - 100).doesNotContainKeys(500L, 599L, (long) UPDATED);
    assertThat(users.get(7L).text("/email")).isEqualTo("u7@example.org");
    assertThat(calls).hasValue(14); // 13 batches, one of them twice
    assertThat(keys.stream().distinct()).hasSize(13);
    assertThat(most).hasValueLessThanOrEqualTo(3);
  }
}
