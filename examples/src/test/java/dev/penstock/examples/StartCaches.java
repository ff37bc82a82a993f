package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/// The start caches of the packaged jars, made once for all tests that start the command: half of
/// what these processes cost is saved.
final class StartCaches {
  private StartCaches() {}

  /// Makes them if there are none, or older ones than the jars. Several test processes may ask.
  static synchronized void make(Checkout checkout) throws IOException {
    Path dist = checkout.dist();
    assertThat(dist).as("the packaged jars; ./mvnw verify makes them before these tests").exists();
    try (FileChannel file =
            FileChannel.open(
                dist.resolveSibling("start-cache.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = file.lock()) {
      if (!areNewerThanTheJars(dist)) {
        Command.Result made =
            Command.of(checkout.root().resolve("bin/start-cache").toString(), dist.toString())
                .run();
        assertThat(made.exit()).as(made.err()).isZero();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean areNewerThanTheJars(Path dist) throws IOException {
    Path last = dist.resolve("aot-jdk");
    if (!Files.exists(last)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(last);
    try (Stream<Path> files = Files.walk(dist)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .noneMatch(jar -> changed(jar).compareTo(made) > 0);
    }
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
