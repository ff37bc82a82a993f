package dev.penstock.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// A directory laid out like a checkout.
///
/// @param root where `penstock` is
record Checkout(Path root) {

  /// The checkout that these tests are in.
  static Checkout real() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("mvnw"))) {
      at = at.getParent();
    }
    return new Checkout(at);
  }

  /// A built checkout without sources: the launcher of the real one, its jars, and its start
  /// caches.
  static Checkout built(Path root) throws IOException {
    Path dist = real().dist();
    StartCaches.make(real());
    Files.createDirectories(root.resolve("bin"));
    for (String script : List.of("penstock", "bin/find-jdk")) {
      Files.copy(
          real().root().resolve(script), root.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Checkout built = new Checkout(root);
    Files.createDirectories(built.dist());
    for (String part :
        List.of("lib", "server", "stores", "penstock.aot", "server.aot", "aot-jdk")) {
      Files.createSymbolicLink(built.dist().resolve(part), dist.resolve(part));
    }
    Files.createFile(built.stamp());
    return built;
  }

  /// The command of the packaged jars, without a checkout around it.
  static Command packaged() {
    Path dist = real().dist();
    return Command.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-cp",
        dist + "/lib/*:" + dist + "/server/*",
        "dev.penstock.cli.Main");
  }

  /// A copy of what the real one holds, as from a fresh clone.
  static Checkout fresh(Path root) throws IOException {
    Path from = real().root();
    try (Stream<Path> all = Files.walk(from)) {
      List<Path> files =
          all.filter(Files::isRegularFile)
              .filter(file -> belongs(from.relativize(file).toString()))
              .toList();
      for (Path file : files) {
        Path to = root.resolve(from.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new Checkout(root);
  }

  private static boolean belongs(String file) {
    return !file.contains("target/") && !file.startsWith(".git/") && !file.contains("/test/");
  }

  /// What the launcher runs: jars and start caches.
  Path dist() {
    return root.resolve("dist/target/penstock");
  }

  Path lib() {
    return dist().resolve("lib");
  }

  Path stamp() {
    return dist().resolve("stamp");
  }

  Path startCache() {
    return dist().resolve("penstock.aot");
  }

  /// The launcher, to be called.
  Command penstock(String... arguments) {
    return Command.of(root.resolve("penstock").toString()).with(arguments);
  }
}
