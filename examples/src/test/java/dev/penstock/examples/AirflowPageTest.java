package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.JsonValue;
import dev.penstock.jdbc.Jdbc;
import dev.penstock.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of the page for users of Airflow do what it says, with the templates filled in.
class AirflowPageTest {
  record Order(long id, String customer) {}

  @TempDir private static Path shared;
  private static Checkout checkout;
  private static String page;

  @TempDir private Path directory;

  @BeforeAll
  static void build() throws IOException {
    checkout = Checkout.built(shared);
    page = Files.readString(Checkout.real().root().resolve("docs/airflow.md"));
  }

  @BeforeEach
  void layOut() throws IOException {
    Files.writeString(directory.resolve("orders.java"), found("```java\\n(.*?)```"));
    Files.writeString(
        directory.resolve("orders.csv"),
        """
        id,customer,at
        1,ada,2026-01-01T00:00:00Z
        2,bob,2026-01-01T23:59:59Z
        3,eve,2026-01-02T00:00:00Z
        """);
  }

  private static String found(String pattern) {
    Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  /// What Airflow makes of a template on the first day of 2026, with the places of this machine.
  private String filled(String template) {
    return template
        .replace("\\\n", " ")
        .replace("{{ data_interval_start | ts }}", "2026-01-01T00:00:00+00:00")
        .replace("{{ data_interval_end | ts }}", "2026-01-02T00:00:00+00:00")
        .replace("/opt/penstock/penstock run", checkout.root().resolve("penstock") + " run")
        .replace("/opt/jobs/", directory + "/")
        .replace("/jobs/", directory + "/")
        .replace("/tmp/out", directory + "/out")
        .replace("/airflow/xcom", directory.toString())
        .replace("/opt/java/bin/java", System.getProperty("java.home") + "/bin/java")
        .replace("/opt/penstock/penstock/*:/opt/penstock/libraries/*", checkout.lib() + "/*");
  }

  private Command.Result run(String script) throws Exception {
    return Command.of("sh", "-c", script)
        .in(directory)
        .env("PENSTOCK_HOME", directory.resolve("home").toString())
        .env("PENSTOCK_CONNECTION_WAREHOUSE", "jdbc:duckdb:orders.duckdb")
        .run();
  }

  private List<String> customers() {
    ConnectionName file = new ConnectionName("jdbc:duckdb:" + directory.resolve("orders.duckdb"));
    return Pipeline.from(Jdbc.read(file, "orders", Order.class).orderedBy("id"))
        .map(Order::customer)
        .toList();
  }

  private static void assertSummary(String json) {
    JsonValue summary = JsonValue.parse(json);
    assertThat(summary.integer("/out")).isEqualTo(2);
    List.of(
            "state",
            "in",
            "out",
            "failed",
            "retried",
            "deadLettered",
            "bytes",
            "elapsedMillis",
            "pipelines")
        .forEach(member -> {
          assertThat(summary.at("/" + member)).as(member).isPresent();
          assertThat(page).contains("`" + member + "`");
        });
  }

  @Test
  void theCommandLoadsTheIntervalAndItsLastLineIsTheSummary() throws Exception {
    Command.Result result = run(filled(found("bash_command=\"\"\"(.*?)\"\"\"")));
    assertThat(result.exit()).as(result.err()).isZero();
    assertSummary(result.lastLine());
    assertThat(customers()).containsExactly("ada", "bob");
  }

  @Test
  void theExitCodeTellsWrongParametersFromAFailure() throws Exception {
    String command = filled(found("bash_command=\"\"\"(.*?)\"\"\""));
    assertThat(
            run(command.replace("\"to\": \"2026-01-02T00:00:00+00:00\"", "\"to\": \"yesterday\""))
                .exit())
        .isEqualTo(2);
    Files.delete(directory.resolve("orders.csv"));
    assertThat(run(command).exit()).isEqualTo(1);
  }

  @Test
  void thePodWritesItsSummaryToTheFileOfXCom() throws Exception {
    String script = filled(found("arguments=\\[\"\"\"(.*?)\"\"\"\\]"));
    Command.Result result = run(script);
    assertThat(result.exit()).as(result.err()).isZero();
    assertSummary(Files.readString(directory.resolve("return.json")));
    Files.delete(directory.resolve("orders.csv"));
    assertThat(run(script).exit()).isEqualTo(1);
  }

  /// Without what the shell, or Python, needs between them.
  private static String words(String text) {
    return text.replaceAll("[\"',\\\\\\s]+", " ").strip();
  }

  @Test
  void theContainerIsGivenTheSameWords() {
    String words = words(found("command=\\[(.*?)\\],"));
    assertThat(words(found("bash_command=\"\"\"(.*?)\"\"\"")))
        .isEqualTo("/opt/penstock/penstock " + words.replace("/jobs/", "/opt/jobs/"));
  }
}
