package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of deployments as processes, with a home of their own.
class DeployCommandsTest {
  private static final String HI =
      """
      @Flow
      String hi(String color, @Default("3") int times) throws Exception {
        String said = task("say").call(() -> color + " ".repeat(0));
        java.nio.file.Files.writeString(java.nio.file.Path.of("said"), said + times + "\\n",
            java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
        return said;
      }

      void main(String... args) { runFlow(args); }
      """;

  @TempDir private Path directory;
  private PenstockProcesses processes;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("hi.java"), HI);
    processes = new PenstockProcesses(directory, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    processes.close();
  }

  private record Ended(int code, String out, String err) {}

  private Ended penstock(String... words) throws Exception {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    int code = processes.start(out, err, words).waitFor();
    return new Ended(code, Files.readString(out), Files.readString(err));
  }

  private List<String> said() throws IOException {
    Path said = directory.resolve("said");
    return Files.exists(said) ? Files.readAllLines(said) : List.of();
  }

  private void await(String what, int lines, Path log) throws Exception {
    Instant end = Instant.now().plusSeconds(120);
    while (said().size() < lines) {
      assertThat(Instant.now()).as("%s; log: %s", what, Files.readString(log)).isBefore(end);
      Thread.sleep(50);
    }
  }

  @Test
  void whatIsDeployedIsShownAndRunInAProcessOfItsOwnByAWorker() throws Exception {
    Ended refused = penstock("deploy", "hi.java", "--name", "nightly", "--cron", "@daily");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("needs parameters: color");

    Ended deployed =
        penstock(
            "deploy", "hi.java", "--name", "nightly", "--cron", "@daily", "--param", "color=green");
    assertThat(deployed.err()).doesNotContain("error");
    assertThat(deployed.out()).startsWith("Deployed hi/nightly, version ");

    Ended listed = penstock("deployment", "ls", "--output", "json");
    assertThat(listed.out()).contains("\"name\":\"hi/nightly\"", "\"status\":\"READY\"");

    Ended unknown = penstock("deployment", "run", "hi/nightli");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err())
        .contains("there is no deployment \"hi/nightli\"; did you mean \"hi/nightly\"?");

    Ended run = penstock("deployment", "run", "nightly", "--param", "times=5");
    assertThat(run.out()).startsWith("Created flow run '");

    Path log = directory.resolve("worker.log");
    Process worker = processes.start(log, log, "worker", "start", "--name", "w");
    await("the run", 1, log);
    assertThat(said()).containsExactly("green5");

    worker.destroy();
    assertThat(worker.waitFor()).isEqualTo(143);
  }

  @Test
  void aServedFlowRunsOnItsScheduleInOneProcess() throws Exception {
    Path log = directory.resolve("serve.log");
    processes.start(
        log, log, "flow", "serve", "hi.java", "--interval", "1s", "--param", "color=red");
    await("two ticks", 2, log);
    assertThat(said()).startsWith("red3", "red3");
  }

  @Test
  void aFlowOfAJarIsDeployedAndRunByAWorker() throws Exception {
    jar("jobs.jar", "jobs.Jobs", JOBS);
    Ended refused = penstock("deploy", "jobs.jar:jobs.Jbos", "--name", "jar");
    assertThat(refused.err()).contains("there is no class jobs.Jbos in jobs.jar");

    Ended deployed = penstock("deploy", "jobs.jar:jobs.Jobs#hi", "--name", "jar");
    assertThat(deployed.out()).as(deployed.err()).startsWith("Deployed hi/jar, version ");
    assertThat(penstock("deployment", "run", "hi/jar", "--param", "color=blue").code()).isZero();
    Files.delete(directory.resolve("jobs.jar")); // it was kept when it was deployed

    Path log = directory.resolve("worker.log");
    processes.start(log, log, "worker", "start", "--name", "w");
    await("the run", 1, log);
    assertThat(said()).containsExactly("blue");
  }

  private static final String JOBS =
      """
      package jobs;

      import dev.penstock.flow.Flow;
      import java.nio.file.Files;
      import java.nio.file.Path;

      public final class Jobs {
        @Flow
        static void hi(String color) throws Exception {
          Files.writeString(Path.of("said"), color + "\\n");
        }
      }
      """;

  private void jar(String jar, String type, String source) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    String path = type.replace('.', '/');
    Path file = directory.resolve(type.substring(type.lastIndexOf('.') + 1) + ".java");
    Files.writeString(file, source);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-parameters",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                PenstockProcesses.absolute(System.getProperty("java.class.path")),
                file.toString());
    assertThat(failed).isZero();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(directory.resolve(jar)))) {
      out.putNextEntry(new JarEntry(path + ".class"));
      Files.copy(classes.resolve(path + ".class"), out);
    }
  }
}
