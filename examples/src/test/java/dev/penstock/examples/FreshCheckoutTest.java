package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first minutes of a new user.
class FreshCheckoutTest {
  @TempDir private Path directory;

  @Test
  void theFirstRunBuildsAndTheSecondDoesNot() throws Exception {
    Checkout fresh = Checkout.fresh(Files.createDirectory(directory.resolve("clone")));
    Path hello =
        Files.writeString(
            directory.resolve("hello.java"), "void main() { IO.println(\"hello\"); }");
    Command run =
        fresh
            .penstock("run", hello.toString())
            .env("PENSTOCK_HOME", directory.resolve("home").toString());

    Command.Result first = run.run();
    assertThat(first.out()).as(first.err()).isEqualTo("hello\n");
    assertThat(first.err())
        .isEqualTo(
            "penstock: first run; building (about a minute, more when libraries must be fetched)\n");
    assertThat(fresh.startCache()).exists();

    assertThat(run.run()).isEqualTo(new Command.Result(0, "hello\n", ""));
    assertThat(run.env("PENSTOCK_JAVA_OPTS", "-XX:AOTMode=on").run())
        .as("the JVM starts only if it can use the start cache")
        .isEqualTo(new Command.Result(0, "hello\n", ""));

    Path source = // of the module that is compiled first
        fresh.root().resolve("pipeline/src/main/java/dev/penstock/pipeline/Pipeline.java");
    Files.writeString(source, Files.readString(source) + "\nbroken");
    Command.Result broken = run.run();
    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.out()).isEmpty();
    assertThat(broken.err())
        .startsWith("penstock: the sources have changed; building\n")
        .contains("Pipeline.java")
        .contains("penstock: the build failed; the log is in ");
  }
}
