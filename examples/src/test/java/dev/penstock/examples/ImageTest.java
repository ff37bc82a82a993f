package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What `deploy/Dockerfile` makes, without an engine for images: its files are laid out by the same
/// script, and its entry point runs with them as the root directory and nothing else there but the
/// libraries of the C runtime.
@EnabledOnOs(OS.LINUX)
class ImageTest {
  @TempDir private static Path image;

  private static boolean mayChangeRoot;

  @BeforeAll
  static void layOut() throws Exception {
    StartCaches.make(Checkout.real());
    Command.Result laidOut = Command.of(DeployFiles.of("image").toString(), image.toString()).run();
    assertThat(laidOut.exit()).as(laidOut.err()).isZero();
    mayChangeRoot = Command.of("unshare", "--map-root-user", "--mount", "true").run().exit() == 0;
    for (String directory : List.of("dev", "proc", "tmp", "var/lib/penstock")) {
      Files.createDirectories(image.resolve(directory));
    }
    copyLibraries();
  }

  /// What the base of the image brings: the libraries that the JVM and native code of ours name.
  private static void copyLibraries() throws Exception {
    List<String> libraries = new ArrayList<>();
    libraries.add(image.resolve("opt/java/bin/java").toString());
    try (Stream<Path> files = Files.walk(image.resolve("opt/java/lib"))) {
      files
          .filter(file -> file.toString().endsWith("/libjvm.so") || file.endsWith("libnio.so"))
          .forEach(file -> libraries.add(file.toString()));
    }
    List<String> ldd = new ArrayList<>(List.of("ldd"));
    ldd.addAll(libraries);
    String needed = Command.of(ldd.toArray(String[]::new)).run().out();
    List<String> found =
        Pattern.compile("(?m)(/\\S+\\.so\\S*) \\(0x")
            .matcher(needed)
            .results()
            .map(match -> match.group(1))
            .filter(library -> !library.startsWith(image.toString()))
            .distinct()
            .toList();
    for (String library : found) {
      Path to = image.resolve(library.substring(1));
      Files.createDirectories(to.getParent());
      Files.copy(Path.of(library), to);
    }
  }

  /// The root directory holds what is mounted until the last process is gone.
  @AfterAll
  static void emptied() throws IOException {
    try (Stream<Path> files = Files.list(image.resolve("proc"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void theEntryPointServes() throws Exception {
    if (!mayChangeRoot) {
      Skip.because("the system lets nobody change the root directory");
    }
    Process server = inside("server", "start", "--port", "0").start();
    try {
      String line = server.inputReader().readLine();
      assertThat(line).as(() -> said(server)).startsWith("Penstock is at http://127.0.0.1:");
      URI health = URI.create(line.substring(line.indexOf("http")) + "/api/v1/health");
      try (HttpClient client = HttpClient.newHttpClient()) {
        assertThat(client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()))
            .extracting(answer -> answer.statusCode())
            .isEqualTo(200);
      }
      server.destroy();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void aJobIsCompiledAndRunInside() throws Exception {
    if (!mayChangeRoot) {
      Skip.because("the system lets nobody change the root directory");
    }
    Files.copy(Checkout.real().root().resolve("examples/hello.java"), image.resolve("hello.java"));
    Command.Result result = inside("run", "/hello.java").run();
    assertThat(result.out()).as(result.err()).isEqualTo("RECORDS\nFLOW\nTHROUGH\nSTEPS\n");
  }

  /// The parts are layers, from the one that changes least to the one that changes with every
  /// commit.
  @Test
  void itIsSmallAndWithoutHadoop() throws IOException {
    long megabyte = 1 << 20;
    assertThat(size("opt/java") / megabyte).isLessThan(90);
    assertThat(size("opt/penstock/libraries") / megabyte).isLessThan(200);
    assertThat(size("opt/penstock/penstock") / megabyte).isLessThan(6);
    try (Stream<Path> jars = Files.list(image.resolve("opt/penstock/libraries"))) {
      assertThat(jars).noneMatch(jar -> jar.getFileName().toString().startsWith("hadoop"));
    }
  }

  private static long size(String part) throws IOException {
    try (Stream<Path> files = Files.walk(image.resolve(part))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static String said(Process process) {
    try {
      return new String(process.getErrorStream().readAllBytes());
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// The entry point of the Dockerfile with these words, in the image.
  private static Command inside(String... words) throws IOException {
    String dockerfile = Files.readString(DeployFiles.of("Dockerfile"));
    List<String> entry =
        Pattern.compile("(?m)^ENTRYPOINT \\[(.*)]$")
            .matcher(dockerfile)
            .results()
            .flatMap(match -> Pattern.compile("\"([^\"]*)\"").matcher(match.group(1)).results())
            .map(match -> match.group(1))
            .toList();
    assertThat(entry).isNotEmpty();
    List<String> all = new ArrayList<>();
    all.addAll(List.of("unshare", "--map-root-user", "--mount", "sh", "-c"));
    all.add(
        "mount --rbind /dev $0/dev && mount --rbind /proc $0/proc"
            + " && PATH=$PATH:/usr/sbin PENSTOCK_HOME=/var/lib/penstock LANG=C.UTF-8 exec chroot $0 \"$@\"");
    all.add(image.toString());
    all.addAll(entry);
    all.addAll(List.of(words));
    return Command.of(all.toArray(String[]::new));
  }
}
