package dev.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares texts that users meet with the files in which they are held:
/// `src/test/resources/golden/<name>.txt` of the module under test. With `-Dgolden.update=true` the
/// files are rewritten instead; read their difference before you commit.
public final class Golden {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  private Golden() {}

  /// Asserts that the text is what the golden file holds, apart from the line end at its end.
  ///
  /// @param name of the file, without `.txt`
  public static void assertMatches(String name, String text) throws IOException {
    Path file = DIRECTORY.resolve(name + ".txt");
    String actual = text.stripTrailing() + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
      return;
    }
    assertThat(file).as("golden file; -Dgolden.update=true writes it").exists();
    assertThat(actual).as("golden file %s", file).isEqualTo(Files.readString(file));
  }
}
