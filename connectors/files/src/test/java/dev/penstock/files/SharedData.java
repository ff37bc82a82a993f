package dev.penstock.files;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/// Real data that lies beside the checkout and is no part of it.
final class SharedData {
  private SharedData() {}

  /// The file in `shared/data`: below the system property `penstock.shared`, or beside any
  /// directory above the working directory. Without it the test is skipped, and says so.
  static Path file(String name) {
    String given = System.getProperty("penstock.shared");
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      Path shared = given == null ? at.resolve("shared") : Path.of(given);
      Path file = shared.resolve("data").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    String message = "SKIPPED: " + name + " is not in shared/data beside " + start;
    System.err.println(message);
    return abort(message);
  }
}
