package dev.penstock.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// What Markdown of a run becomes, and what it never does.
class MarkdownTest {
  @Test
  void theUsualMarksAreElements() {
    assertThat(Markdown.html("# Prices\n\nAll of **them**, *or* `a < b`\nand more"))
        .isEqualTo(
            "<h4>Prices</h4><p>All of <strong>them</strong>, <em>or</em>"
                + " <code>a &lt; b</code><br>and more</p>");
    assertThat(Markdown.html("- one\n- two\n\n1. three"))
        .isEqualTo("<ul><li>one</li><li>two</li></ul><ol><li>three</li></ol>");
    assertThat(Markdown.html("| a | b |\n|---|--:|\n| 1 | `2` |"))
        .isEqualTo(
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td>"
                + "<td><code>2</code></td></tr></tbody></table>");
    assertThat(Markdown.html("```java\nif (a < b)\n```\n> said"))
        .isEqualTo(
            "<pre class=\"code\" tabindex=\"0\">if (a &lt; b)\n</pre><blockquote>said</blockquote>");
    assertThat(Markdown.html("see [the site](https://example.org/a?b=1&c=2)"))
        .contains("<a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"noopener noreferrer\">");
  }

  @Test
  void nothingElseIsMarkup() {
    assertThat(Markdown.html("<script>alert('x')</script> **<b onload=x>**"))
        .doesNotContain("<script", "<b onload");
    assertThat(Markdown.html("[x](javascript:alert(1)) [y](ftp://a.b)")).doesNotContain("<a ");
    assertThat(Markdown.html("[y](https://a.b/\"onmouseover=\"x)"))
        .doesNotContain("\"onmouseover", "=\"x");
    assertThat(Markdown.html("an ` alone, and ** too")).isEqualTo("<p>an ` alone, and ** too</p>");
  }

  @Test
  void whateverIsWrittenOpensOnlyKnownElements() {
    Random random = new Random(7);
    String marks = "<>\"'&`*_[]()#|-\n 1.>/h:ttps";
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 40; j++) {
        text.append(marks.charAt(random.nextInt(marks.length())));
      }
      String html = Markdown.html(text.toString());
      assertThat(
              html.replaceAll(
                  "</?(h4|p|br|strong|em|code|ul|ol|li|table|thead|tbody|tr|th|td|pre|blockquote|a)"
                      + "( (class|tabindex|href|rel)=\"[^\"<>]*\")*>",
                  ""))
          .as(text.toString())
          .doesNotContain("<", ">", "\"");
    }
  }
}
