package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher script: which JDK it takes, when it builds.
class LauncherTest {
  private static final String REAL_JDK = System.getProperty("java.home");

  @TempDir private Path directory;

  private Checkout checkout;
  private Path hello;

  @BeforeEach
  void setUp() throws IOException {
    checkout = Checkout.built(Files.createDirectory(directory.resolve("check out")));
    hello = program("hello.java", "void main() { IO.println(\"hello\"); }");
  }

  private Path program(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private Path script(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// The home of a JDK 17 that must not be started.
  private Path oldJdk() throws IOException {
    script("jdk-17/bin/javac", "echo too old; exit 9");
    Path java = script("jdk-17/bin/java", "echo too old; exit 9");
    Path home = java.getParent().getParent();
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.1\"\n");
    return home;
  }

  private Command inOldShell(Command command) throws IOException {
    return command
        .env("PENSTOCK_HOME", directory.resolve("home").toString())
        .env("JAVA_HOME", oldJdk().toString())
        .env("PATH", oldJdk().resolve("bin") + ":/usr/bin:/bin");
  }

  @Test
  void aShellWithAnOldJavaStillRunsPrograms() throws Exception {
    Command.Result result =
        inOldShell(checkout.penstock("run", hello.toString()))
            .env("PENSTOCK_JDK_PLACES", oldJdk() + ":" + REAL_JDK)
            .run();
    assertThat(result).isEqualTo(new Command.Result(0, "hello\n", ""));
  }

  @Test
  void aShellWithAnOldJavaStillBuilds() throws Exception {
    Command.Result result =
        inOldShell(Command.of(Checkout.real().root().resolve("mvnw").toString(), "--version"))
            .env("PENSTOCK_JDK_PLACES", REAL_JDK)
            .run();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("runtime: " + REAL_JDK);
  }

  @Test
  void theLowestSufficientJdkOfTheUsualPlacesIsTaken() throws Exception {
    Path newer = script("jdk-99/bin/java", "echo too new; exit 9").getParent().getParent();
    script("jdk-99/bin/javac", "exit 9");
    Files.writeString(newer.resolve("release"), "JAVA_VERSION=\"99\"\n");
    Command.Result result =
        inOldShell(checkout.penstock("run", hello.toString()))
            .env("PENSTOCK_JDK_PLACES", newer + ":" + REAL_JDK)
            .run();
    assertThat(result.out()).isEqualTo("hello\n");
  }

  @Test
  void withoutAJdkOneMessageSaysWhatToDo() throws Exception {
    Command.Result result =
        inOldShell(checkout.penstock("run", hello.toString()))
            .env("PENSTOCK_JDK_PLACES", directory + "/jdk-*:/nowhere/*")
            .run();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    Golden.assertMatches("no-jdk", result.err().replace(directory.toString(), "DIR"));
  }

  @Test
  void theLauncherWorksThroughALinkAndFromAnywhere() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path link =
        Files.createSymbolicLink(bin.resolve("penstock"), checkout.root().resolve("penstock"));
    Command.Result result =
        Command.of(link.toString(), "run", "../hello.java")
            .in(bin)
            .env("PENSTOCK_HOME", directory.resolve("home").toString())
            .run();
    assertThat(result).isEqualTo(new Command.Result(0, "hello\n", ""));
  }

  @Test
  void optionsOfTheUserReachTheJvm() throws Exception {
    Path show =
        program(
            "show.java",
            """
            void main() {
              var beans = java.lang.management.ManagementFactory.getRuntimeMXBean();
              IO.println(System.getProperty("mine") + beans.getInputArguments().contains("-XX:+UseSerialGC"));
            }
            """);
    Command.Result result =
        checkout
            .penstock("run", show.toString())
            .env("PENSTOCK_HOME", directory.resolve("home").toString())
            .env("PENSTOCK_JAVA_OPTS", "-Dmine=yes -XX:+UseSerialGC")
            .run();
    assertThat(result).isEqualTo(new Command.Result(0, "yestrue\n", ""));
  }

  @Test
  void itBuildsOnlyWhenSourcesAreNewerThanTheBuild() throws Exception {
    Path source =
        Files.createDirectories(checkout.root().resolve("data/src/main/java")).resolve("A.java");
    Files.writeString(source, "");
    Path build =
        script("check out/bin/build-dist", "touch '" + checkout.stamp() + "'; echo building >&2");
    FileTime old = FileTime.from(Instant.now().minusSeconds(3600));
    for (Path path = source; !path.equals(checkout.root()); path = path.getParent()) {
      Files.setLastModifiedTime(path, old);
    }
    Command run =
        checkout
            .penstock("run", hello.toString())
            .env("PENSTOCK_HOME", directory.resolve("home").toString());
    assertThat(run.run().err()).isEmpty();

    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run.run()).isEqualTo(new Command.Result(0, "hello\n", "building\n"));

    Files.writeString(build, "#!/bin/sh\necho broken >&2\nexit 3\n");
    assertThat(run.run()).isEqualTo(new Command.Result(1, "", "broken\n"));
  }
}
