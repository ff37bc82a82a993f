package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// How snippets are found in a page: a test that finds none would guard nothing.
class SnippetTest {
  private static final String PAGE =
      """
      # Title

      <!-- snippet: file a.csv
      id
      1
      -->
      <!-- snippet: before
      record A(int id) {}
      -->
      ```java
      IO.println(new A(1));
      ```

      ```text
      A[id=…]
      ```

      Between.

      <!-- snippet: compile -->
      ```java
      void main() {
          IO.println(1);
      }
      ```

      ```java
      int x = 1;
      ```
      """;

  private final List<Snippet> snippets = Snippet.in("page.md", PAGE);

  @Test
  void eachBlockOfJavaIsASnippet() {
    assertThat(snippets)
        .extracting(Snippet::place)
        .containsExactly("page.md:11", "page.md:22", "page.md:28");
  }

  @Test
  void whatAReaderNeedNotSeeIsTakenFromComments() {
    Snippet first = snippets.getFirst();
    assertThat(first.files()).containsOnlyKeys("a.csv").containsValue("id\n1\n");
    assertThat(first.program())
        .isEqualTo(
            """
            record A(int id) {}
            void main() throws Exception {
            IO.println(new A(1));
            }
            """);
    assertThat(snippets.get(1).compileOnly()).isTrue();
    assertThat(snippets.get(1).program()).startsWith("void main() {");
  }

  @Test
  void onlyWhatShowsAnOutputIsRun() {
    assertThat(snippets).extracting(Snippet::isRun).containsExactly(true, false, false);
    assertThat(snippets).extracting(Snippet::prints).containsExactly(true, true, false);
  }

  @Test
  void anEllipsisStandsForAnythingWithinALine() {
    Snippet first = snippets.getFirst();
    assertThat(first.showed("A[id=1]\n")).isTrue();
    assertThat(first.showed("A[id=1]\nmore\n")).isFalse();
    assertThat(first.showed("A[ID=1]\n")).isFalse();
    assertThat(first.showed("A[id=1\n]\n")).isFalse();
  }

  @Test
  void timesAndRatesOfTheCommandMayDiffer() {
    Snippet shown =
        Snippet.in(
                "page.md",
                """
                ```java
                IO.println(1);
                ```

                ```console
                $ ./penstock run a.java
                1
                a      3  0.10 s  1,000/s
                Completed in 1.10 s
                ```
                """)
            .getFirst();
    assertThat(shown.file()).contains("a.java");
    assertThat(shown.showed("1\na  3  12.0 s  4.1k/s\nCompleted in 0.3 s\n")).isTrue();
    assertThat(shown.showed("1\na  4  12.0 s  4.1k/s\nCompleted in 0.3 s\n")).isFalse();
  }
}
