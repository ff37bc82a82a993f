package dev.penstock.flow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.trace.Traces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a collector of OpenTelemetry is told of runs.
class RunTracesTest {
  @TempDir private Path directory;
  private final List<Map<?, ?>> spans = new ArrayList<>();
  private final List<String> services = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private HttpServer collector;
  private Store store;
  private int status = 200;

  @BeforeEach
  void open() throws IOException {
    store = Store.open(StoreUrl.file(directory.resolve("store.db")));
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", this::collect);
    collector.start();
  }

  @AfterEach
  void close() {
    collector.stop(0);
    store.close();
  }

  private void collect(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(exchange.getRequestHeaders().getFirst("x-key")).isEqualTo("a b");
      for (Object resource : (List<?>) JsonTree.readObject(body).get("resourceSpans")) {
        Map<?, ?> all = (Map<?, ?>) resource;
        services.add(attributes((Map<?, ?>) all.get("resource")).get("service.name"));
        for (Object scope : (List<?>) all.get("scopeSpans")) {
          for (Object span : (List<?>) ((Map<?, ?>) scope).get("spans")) {
            spans.add((Map<?, ?>) span);
          }
        }
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static Map<String, String> attributes(Map<?, ?> of) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Object each : (List<?>) of.get("attributes")) {
      Map<?, ?> attribute = (Map<?, ?>) each;
      Map<?, ?> value = (Map<?, ?>) attribute.get("value");
      attributes.put((String) attribute.get("key"), (String) value.get("stringValue"));
    }
    return attributes;
  }

  private FlowEnd run(FlowProgram program) throws InterruptedException {
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:" + collector.getAddress().getPort() + "/",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "x-key=a%20b",
            "OTEL_SERVICE_NAME",
            "etl");
    try (RunEngine engine =
        new RunEngine(
            store, EngineSettings.of("here", _ -> {}), Traces.of(environment, said::add))) {
      return engine.runHere(program, FlowRun.Call.of("{}", List.of("nightly")), null);
    }
  }

  private Map<?, ?> span(String name) {
    return spans.stream().filter(span -> span.get("name").equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aRunIsATraceWithItsTasksAsSpansAndLinksToItsSubflows() throws Exception {
    FlowProgram child = Bodies.flow("part", _ -> Bodies.task("load", () -> "2"));
    FlowEnd end =
        run(
            Bodies.flow(
                "ingest",
                _ -> {
                  Bodies.task("extract", () -> Bodies.task("page", () -> "1"));
                  return Calls.subflow(child, "{}", Bodies.work(() -> null));
                }));
    assertThat(end.state().type().isFinal()).isTrue();
    assertThat(spans.stream().map(span -> String.valueOf(span.get("name"))))
        .containsExactlyInAnyOrder("ingest", "extract-0", "page-0", "part-0", "part", "load-0");
    Map<?, ?> root = span("ingest");
    assertThat(root.containsKey("parentSpanId")).isFalse();
    assertThat((String) root.get("traceId")).matches("[0-9a-f]{32}");
    assertThat((String) root.get("spanId")).matches("[0-9a-f]{16}");
    for (String inside : List.of("extract-0", "page-0", "part-0")) {
      assertThat(span(inside).get("traceId")).isEqualTo(root.get("traceId"));
    }
    assertThat(span("extract-0").get("parentSpanId")).isEqualTo(root.get("spanId"));
    assertThat(span("page-0").get("parentSpanId")).isEqualTo(span("extract-0").get("spanId"));
    Map<?, ?> part = span("part");
    assertThat(part.get("traceId")).isNotEqualTo(root.get("traceId"));
    assertThat(span("load-0").get("traceId")).isEqualTo(part.get("traceId"));
    assertThat(part.get("links")).isEqualTo(List.of(place(span("part-0"))));
    assertThat(span("part-0").get("links")).isEqualTo(List.of(place(part)));
    assertThat(attributes(root))
        .containsEntry("penstock.flow_run", end.run())
        .containsEntry("penstock.state", "Completed")
        .containsEntry("penstock.tags", "nightly");
    assertThat((String) root.get("endTimeUnixNano"))
        .isGreaterThanOrEqualTo((String) root.get("startTimeUnixNano"));
    assertThat(services).contains("etl");
    assertThat(said).isEmpty();
  }

  private static Map<String, Object> place(Map<?, ?> span) {
    return Map.of("traceId", span.get("traceId"), "spanId", span.get("spanId"));
  }

  @Test
  void aFailureIsAnErrorOfItsSpan() throws Exception {
    run(
        Bodies.flow(
            "ingest",
            _ ->
                Bodies.task(
                    "extract",
                    () -> {
                      throw new IOException("no such file");
                    })));
    assertThat(span("extract-0").get("status").toString()).contains("code=2", "no such file");
    assertThat(span("ingest").get("status").toString()).contains("code=2");
  }

  @Test
  void aCollectorThatIsAwayIsSaidOnceAndStopsNoRun() throws Exception {
    status = 500;
    FlowEnd end = run(Bodies.flow("ingest", _ -> Bodies.task("extract", () -> "1")));
    assertThat(end.result()).isEqualTo("1");
    assertThat(said).hasSize(1).first().asString().contains("cannot be sent", "it answers 500");
  }

  @Test
  void withoutAnEndpointNothingIsMade() {
    assertThat(Traces.of(Map.of(), said::add)).isSameAs(Traces.NONE);
  }
}
