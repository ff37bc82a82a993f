package dev.penstock.cli.example;

import dev.penstock.cli.session.CommandFailed;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The checkout of Penstock that a command was started in.
///
/// @param root where `penstock` is
record Checkout(Path root) {

  /// That of this process: the launcher tells by a system property.
  ///
  /// @throws CommandFailed when it was not started by a checkout's launcher
  static Checkout ofProcess() {
    String root = System.getProperty("penstock.checkout");
    if (root == null) {
      throw new CommandFailed(
          "examples are run by ./penstock of a checkout of Penstock, which has them");
    }
    return new Checkout(Path.of(root));
  }

  /// A directory for what an example writes.
  Path target(String example) {
    return root.resolve("target").resolve(example);
  }

  /// A file of an example.
  Path example(String file) {
    return root.resolve("examples").resolve(file);
  }

  /// The words that run a program, to be followed by its options.
  List<String> run(Path program) {
    return List.of(root.resolve("penstock").toString(), "run", program.toString());
  }

  /// The words that start one of the servers, to be followed by its arguments. They are those that
  /// the tests run against, from the class path that the build has left behind.
  ///
  /// @throws CommandFailed when it is not all there
  List<String> server() {
    Path testkit = root.resolve("testkit/target");
    List<String> classPath = new ArrayList<>();
    classPath.add(testkit.resolve("classes").toString());
    classPath.addAll(
        List.of(libraries(testkit.resolve("servers.classpath")).split(File.pathSeparator)));
    for (String entry : classPath) {
      if (!Files.exists(Path.of(entry))) {
        throw new CommandFailed(
            entry
                + " of the servers is gone; build again: ./mvnw -DskipTests package -pl testkit -am");
      }
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(
        java,
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        String.join(File.pathSeparator, classPath),
        "dev.penstock.testkit.ServerProcess");
  }

  private static String libraries(Path list) {
    try {
      return Files.readString(list).strip();
    } catch (IOException e) {
      throw new CommandFailed("cannot read " + list + ", which the build writes: " + e);
    }
  }
}
