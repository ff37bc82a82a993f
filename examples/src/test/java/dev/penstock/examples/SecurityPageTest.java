package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Each threat of the table is stopped by something that a test proves, and that test is there.
class SecurityPageTest {
  private static final Path ROOT = Checkout.real().root();
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`");
  private static final Pattern SOURCE = Pattern.compile("(\\w+)\\.java");

  @Test
  void eachThreatHasATestThatIsThere() throws IOException {
    Map<String, String> tests = tests();
    List<String> threats =
        Files.readString(ROOT.resolve("docs/security.md"))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| threat "))
            .toList();
    assertThat(threats).hasSizeGreaterThan(20);
    for (String threat : threats) {
      String proof = threat.split("\\|")[3];
      List<MatchResult> named = NAMED.matcher(proof).results().toList();
      assertThat(named.isEmpty() && !proof.strip().equals("the same")).as(threat).isFalse();
      for (MatchResult test : named) {
        assertThat(tests).as(threat).containsKey(test.group(1));
        if (test.group(2) != null) {
          assertThat(tests.get(test.group(1))).as(threat).contains("void " + test.group(2) + "(");
        }
      }
    }
  }

  /// The texts of all sources of tests, by the names of their classes, which several may have.
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new TreeMap<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes about) {
            String name = String.valueOf(directory.getFileName());
            return !directory.equals(ROOT)
                    && (name.equals("target") || name.startsWith(".") || name.equals("main"))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes about)
              throws IOException {
            Matcher source = SOURCE.matcher(String.valueOf(file.getFileName()));
            if (source.matches()) {
              tests.merge(source.group(1), Files.readString(file), String::concat);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return tests;
  }
}
