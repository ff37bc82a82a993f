package dev.penstock.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.flow.code.InMemory;
import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowMethodsTest {
  static class Good {
    @Flow(
        value = "Ingest taxi trips",
        description = "daily",
        version = "7",
        retries = 3,
        retryDelay = "10s",
        timeout = "1h30m")
    void ingest(String color, int limit) {}

    @Flow
    static void clean() {}

    void helper() {}
  }

  static class Bad {
    @Flow(retryDelay = "soon")
    void a() {}

    @Flow(timeout = "0s")
    void b() {}

    @Flow(retries = -1)
    void c() {}

    @Flow("same")
    void d() {}

    @Flow("same")
    void e() {}

    @Flow
    void f(Thread thread) {}
  }

  @Test
  void flowsAreFoundWithTheirSettings() {
    List<FlowMethod> flows = FlowMethods.of(Good.class);
    assertThat(flows).extracting(FlowMethod::name).containsExactly("clean", "Ingest taxi trips");
    FlowMethod ingest = flows.getLast();
    assertThat(ingest.description()).isEqualTo("daily");
    assertThat(ingest.parameters().names()).containsExactly("color", "limit");
    assertThat(ingest.settings())
        .isEqualTo(
            new FlowMethod.Settings(
                Optional.of("7"),
                3,
                Duration.ofSeconds(10),
                Optional.of(Duration.ofMinutes(90)),
                false));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() throws IOException {
    Golden.assertMatches(
        "flows-refused", catchThrowable(() -> FlowMethods.of(Bad.class)).getMessage());
  }

  @Test
  void namesThatNobodyKnowsAreAskedFor() throws IOException {
    Class<?> program =
        InMemory.program("@dev.penstock.flow.Flow void ingest(String color) {} void main() {}");
    Golden.assertMatches(
        "flow-names-unknown", catchThrowable(() -> FlowMethods.of(program)).getMessage());
  }

  @Test
  void plainJavaRunsACompactSourceFileWithItsFlows(@TempDir Path directory) throws Exception {
    Path source =
        Files.writeString(
            directory.resolve("taxi.java"),
            """
            import dev.penstock.flow.*;
            import dev.penstock.flow.code.*;
            import java.util.function.Function;

            interface Task extends Function<String, Object>, java.io.Serializable {}

            @Flow("Ingest")
            void ingest(@Default("yellow") String color, final java.time.YearMonth month,
                List<String> tables) {}

            String extract(String color) { return color; }

            void main() {
              FlowMethod flow = FlowMethods.of(getClass()).getFirst();
              Task task = this::extract;
              MethodReference reference = MethodReference.of(task);
              IO.println(flow.name() + " " + flow.parameters().names() + " "
                  + reference.method().getName() + " " + (reference.receiver() == this) + " "
                  + Fingerprint.of(reference.method()).length() + " "
                  + CodeVersion.of(getClass()).length());
            }
            """);
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(java.getInputStream().readAllBytes());
    assertThat(java.waitFor()).as(printed).isZero();
    assertThat(printed.strip()).isEqualTo("Ingest [color, month, tables] extract true 64 12");
  }
}
