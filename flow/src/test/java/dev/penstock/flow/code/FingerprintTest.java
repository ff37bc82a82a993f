package dev.penstock.flow.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  private static final String PROGRAM =
      """
      import java.util.*;
      import java.util.function.*;

      enum Color { RED, GREEN }
      sealed interface Shape { double area(); }
      record Square(double side) implements Shape { public double area() { return side * side; } }
      record Circle(double radius) implements Shape { public double area() { return radius * 3; } }
      record Trip(String id, int count) {}
      interface Task extends Runnable, java.io.Serializable {}

      static final Map<String, Integer> RATES = Map.of("yellow", 17);
      int limit = 4711;

      String extract(String color, Shape shape) {
        int rows = 42;
        int years = rows;
        String text = "rows: " + years;
        List<String> all = new ArrayList<>(List.of("a", "b"));
        all.removeIf(one -> one.equals("zero"));
        Comparator<String> order = new Comparator<>() {
          public int compare(String a, String b) { return helper(a) - helper(b); }
        };
        all.sort(order);
        Task task = () -> System.out.println("task");
        task.run();
        switch (Color.valueOf(color)) { case RED -> rows++; case GREEN -> rows--; }
        Class<?> kind = Trip.class;
        return text + all + RATES.get(color) + limit + shape.area() + kind;
      }

      int helper(String text) { return text.length() + 1000; }

      int unrelated(int x) { return x + 5; }

      void main() {}
      """;

  private static String extract(String source, String... options) {
    return Fingerprint.of(method(InMemory.program(source, options), "extract"));
  }

  private static Method method(Class<?> type, String name) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String edited(String from, String to) {
    assertThat(PROGRAM).contains(from);
    return PROGRAM.replace(from, to);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "int rows = 42; | int rows = 42; // a comment",
        "int rows = 42; | `int rows =\n\n 42;`",
        "years | decades",
        "return x + 5; | return x + 6;",
        "void main() {} | `void main() { Runnable r = () -> System.out.println(1); r.run(); }`",
        "int unrelated(int x) { return x + 5; } | int more(int y) { return y; }",
        "enum Color | `void before() { new Object() { int x = 1; }; Runnable r = () -> {}; }\n"
            + "enum Color`",
      })
  void whatDoesNotMatterKeepsIt(String from, String to) {
    assertThat(extract(edited(from, to))).isEqualTo(extract(PROGRAM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "int rows = 42; | int rows = 43;",
        "rows: | row: ",
        "task.run(); | task.run(); task.run();",
        "\"zero\" | \"one\"",
        "\"task\" | \"tasks\"",
        "length() + 1000 | length() + 1001",
        "radius * 3 | radius * 4",
        "(\"yellow\", 17) | (\"yellow\", 18)",
        "limit = 4711 | limit = 4712",
        "int count | long count",
        "helper(a) - helper(b) | helper(b) - helper(a)",
        "case RED -> rows++; | case RED -> rows--;",
        "{ RED, GREEN } | { GREEN, RED }",
      })
  void whatMattersChangesIt(String from, String to) {
    assertThat(extract(edited(from, to))).isNotEqualTo(extract(PROGRAM));
  }

  @Test
  void howItWasCompiledDoesNotMatter() {
    assertThat(extract(PROGRAM, "-g", "-parameters")).isEqualTo(extract(PROGRAM, "-g:none"));
  }

  @Test
  void aLargePoolOfConstantsDoesNotMatter() {
    StringBuilder many = new StringBuilder("void many() {\n");
    for (int i = 0; i < 400; i++) {
      many.append("System.out.println(\"text ").append(i).append("\");\n");
    }
    String source = PROGRAM.replace("enum Color", many + "}\nenum Color");
    assertThat(extract(source)).isEqualTo(extract(PROGRAM));
  }

  @Test
  void theVersionOfAProgramIsThatOfAllItsCode() {
    String version = CodeVersion.of(InMemory.program(PROGRAM));
    assertThat(version).matches("[0-9a-f]{12}");
    assertThat(CodeVersion.of(InMemory.program(edited("int rows = 42;", "int rows = 42; // x"))))
        .isEqualTo(version);
    assertThat(CodeVersion.of(InMemory.program(edited("return x + 5;", "return x + 6;"))))
        .isNotEqualTo(version);
    assertThat(CodeVersion.of(InMemory.program(edited("int count", "long count"))))
        .isNotEqualTo(version);
  }

  @Test
  void aClassOnAClassPathIsFollowedWithinItsDirectoryOnly() throws Exception {
    Method method = FingerprintTest.class.getDeclaredMethod("edited", String.class, String.class);
    assertThat(Fingerprint.of(method)).matches("[0-9a-f]{64}").isEqualTo(Fingerprint.of(method));
  }
}
