package dev.penstock.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A fenced block of Java in a page.
///
/// It is a program, or declarations, or statements, which are taken for the body of a `main`. When
/// a block of `text` follows, it is run and must print just that, on both standard streams
/// together; `…` in it stands for anything within a line. A block of `console` that begins with `$
/// ./penstock run FILE` shows what the command prints when the snippet is that file. Else it is
/// compiled only, and must print nothing.
///
/// A comment before it tells what a reader need not see, one or more of
///
/// ```text
/// <!-- snippet: compile -->            prints, but needs what a test has not
/// <!-- snippet: file orders.csv        a file that is there when it runs
/// id,amount
/// 1,2.50
/// -->
/// <!-- snippet: of src/test/T.java -->  stands in that file, which the build compiles and runs
/// <!-- snippet: before                 declarations that stand above it
/// record Order(int id, double amount) {}
/// -->
/// ```
///
/// @param place page and line, for people
/// @param code as it stands in the page
/// @param before what stands above it, for the compiler only
/// @param output what it prints; empty when it is not run
/// @param file the name under which the command runs it; empty when it is run without
/// @param files by name, what is there when it runs
/// @param source the file that it stands in; empty when it stands for itself
/// @param compileOnly whether it prints although it is not run
record Snippet(
    String place,
    String code,
    String before,
    Optional<String> output,
    Optional<String> file,
    Map<String, String> files,
    Optional<String> source,
    boolean compileOnly) {
  private static final Pattern MARKER =
      Pattern.compile(
          "<!-- snippet: (compile|before|(?:file|of) (\\S+))(?: -->|\\n(.*?)-->)\\n+",
          Pattern.DOTALL);
  private static final Pattern BLOCK =
      Pattern.compile(
          "((?:"
              + MARKER.pattern()
              + ")*)^```java\\n(.*?)^```\\n(?:\\n*```text\\n(.*?)^```"
              + "|\\n*```console\\n\\$ \\./penstock run (\\S+)\\n(.*?)^```)?",
          Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern MAIN = Pattern.compile("(?m)^(public static )?void main\\(");
  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?m)^(?!else )((public|package|import) |[\\w.<>]+ \\w+\\([^;\\n]*\\)( throws [\\w, ]+)? \\{$)");
  private static final Pattern PRINTS = Pattern.compile("IO\\.print|forEach\\(IO::|\\.observe\\(");

  /// All those of a page, from its first line on.
  static List<Snippet> in(String page, String markdown) {
    List<Snippet> snippets = new ArrayList<>();
    Matcher block = BLOCK.matcher(markdown);
    while (block.find()) {
      String code = block.group(5);
      int line = (int) markdown.substring(0, block.start(5)).lines().count() + 1;
      Map<String, String> files = new LinkedHashMap<>();
      String before = "";
      @Nullable String source = null;
      boolean compileOnly = false;
      Matcher marker = MARKER.matcher(block.group(1));
      while (marker.find()) {
        compileOnly |= marker.group(1).equals("compile");
        before += marker.group(1).equals("before") ? marker.group(3) : "";
        if (marker.group(1).startsWith("of ")) {
          source = marker.group(2);
        } else if (marker.group(2) != null) {
          files.put(marker.group(2), marker.group(3));
        }
      }
      snippets.add(
          new Snippet(
              page + ":" + line,
              code,
              before,
              Optional.ofNullable(block.group(6)).or(() -> Optional.ofNullable(block.group(8))),
              Optional.ofNullable(block.group(7)),
              files,
              Optional.ofNullable(source),
              compileOnly));
    }
    return snippets;
  }

  /// Whether a file has it, however far it is indented there.
  boolean standsIn(String text) {
    return text.lines()
        .map(String::strip)
        .collect(Collectors.joining("\n"))
        .contains(code.lines().map(String::strip).collect(Collectors.joining("\n")));
  }

  boolean isRun() {
    return output.isPresent();
  }

  /// Whether it prints, as far as one can tell by looking.
  boolean prints() {
    return PRINTS.matcher(code).find();
  }

  /// The source file of a program that does what the snippet says.
  String program() {
    if (MAIN.matcher(code).find() || code.startsWith("package ")) {
      return before + code;
    }
    return DECLARATION.matcher(code).find()
        ? before + code + "void main() {}\n"
        : before + "void main() throws Exception {\n" + code + "}\n";
  }

  /// Whether it printed what the page says. What the command tells of times and rates may differ.
  boolean showed(String printed) {
    String[] parts = comparable(output.orElse("")).split("…", -1);
    StringBuilder pattern = new StringBuilder();
    for (String part : parts) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.matches(pattern.toString(), comparable(printed));
  }

  private String comparable(String text) {
    String stripped = text.strip().replaceAll("(?m) +$", "");
    return file.isEmpty()
        ? stripped
        : stripped
            .replaceAll("[\\d.,]+ s\\b", "TIME")
            .replaceAll("[\\d.,]+[kM]?/s\\b", "RATE")
            .replaceAll(" {2,}", "  ");
  }
}
