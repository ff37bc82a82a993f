package dev.penstock.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.testkit.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProgramCompilerTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private static SourceFile source(String name, String text) {
    return new SourceFile(Path.of(name), text);
  }

  private static CompiledProgram compile(String name, String text) {
    return new ProgramCompiler(CLASS_PATH).compile(source(name, text));
  }

  private static String run(String name, String text, String... arguments) throws Throwable {
    CompiledProgram program = compile(name, text);
    ProgramLoader loader = new ProgramLoader(program, ProgramCompilerTest.class.getClassLoader());
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      MainMethod.of(program, loader, name).invoke(arguments);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  private static String errors(String name, String text) {
    Throwable failure = catchThrowable(() -> compile(name, text));
    assertThat(failure).isInstanceOf(CompileFailed.class);
    return failure.getMessage();
  }

  @Test
  void aCompactSourceFileRuns() throws Throwable {
    assertThat(
            run(
                "sum.java",
                """
                record Pair(int a, int b) {}

                void main() {
                  System.out.println(Stream.of(new Pair(1, 2)).mapToInt(p -> p.a() + p.b()).sum());
                }
                """))
        .isEqualTo("3");
  }

  @Test
  void argumentsReachMain() throws Throwable {
    assertThat(
            run(
                "args.java",
                "void main(String[] args) { System.out.println(String.join(\"+\", args)); }",
                "a",
                "b"))
        .isEqualTo("a+b");
  }

  @Test
  void anOrdinaryClassInAPackageRuns() throws Throwable {
    assertThat(
            run(
                "anything.java",
                """
                package some.where; import java.util.List;

                record Helper(String text) {}

                public class Job {
                  public static void main(String[] args) {
                    System.out.println(List.of(new Helper("x")) + connection("warehouse").toString());
                  }
                }
                """))
        .isEqualTo("[Helper[text=x]]warehouse");
  }

  @Test
  void theMainWithArgumentsComesBeforeTheOneWithout() throws Throwable {
    assertThat(
            run(
                "both.java",
                """
                void main() { System.out.println("without"); }
                void main(String[] args) { System.out.println("with"); }
                """))
        .isEqualTo("with");
  }

  @Test
  void anInheritedMainOfAnInstanceRuns() throws Throwable {
    assertThat(
            run(
                "job.java",
                """
                class Job extends Parent {
                  String name() { return "job"; }
                }
                abstract class Parent {
                  abstract String name();
                  void main() { System.out.println(name()); }
                }
                """))
        .isEqualTo("job");
  }

  @Test
  void aFileNameThatIsNoJavaNameAndAHashBangAreFine() throws Throwable {
    assertThat(
            run(
                "2-my job.java",
                "#!/usr/bin/env -S penstock run\nvoid main() { System.out.println(1); }"))
        .isEqualTo("1");
  }

  @Test
  void theStandardImportsNeedNotBeWritten() throws Throwable {
    assertThat(
            run(
                "connect.java",
                "void main() { ConnectionName c = connection(\"a\"); System.out.println(c); }"))
        .isEqualTo("a");
  }

  @Test
  void aNameThatCollidesWithAStandardImportIsTheUsers() throws Throwable {
    assertThat(
            run(
                "collide.java",
                """
                import java.lang.module.*;
                import java.lang.annotation.*;
                import java.awt.*;
                import java.awt.List;

                void main() { System.out.println(Default.class + "" + new Parameters() + List.class); }

                @interface Default {}
                record Parameters() {}
                """))
        .contains("Parameters[]");
  }

  @Test
  void componentAndParameterNamesAreKept() {
    CompiledProgram program = compile("named.java", "void main() {} void call(int quantity) {}");
    ProgramLoader loader = new ProgramLoader(program, getClass().getClassLoader());
    assertThat(program.topLevel()).containsExactly("named");
    assertThat(catchThrowable(() -> assertThat(parameterName(loader)).isEqualTo("quantity")))
        .isNull();
  }

  private static String parameterName(ProgramLoader loader) throws ReflectiveOperationException {
    return loader
        .loadClass("named")
        .getDeclaredMethod("call", int.class)
        .getParameters()[0]
        .getName();
  }

  @Test
  void theRecordOfTheParametersIsFound() {
    assertThat(
            compile(
                    "load.java",
                    """
                    record Load(int limit) {}
                    void main() { helper(); }
                    void helper() { Load load = parameters(Load.class); }
                    """)
                .parameters())
        .containsExactly("load$Load");
    assertThat(
            compile(
                    "own.java",
                    """
                    record Load(int limit) {}
                    void main() { parameters(Load.class); }
                    void parameters(Class<?> type) {}
                    """)
                .parameters())
        .isEmpty();
  }

  @Test
  void anErrorShowsFileLineColumnAndSource() throws IOException {
    Golden.assertMatches(
        "compile-errors",
        errors(
            "dir/bad.java",
            """
            record Trip(int passengers) {} // é
            \tvoid broken() { int x = "text"; }
            void main() {
                List<Trip> trips = List.of(new Trip("1"), undefined);
            }
            """));
  }

  @Test
  void anErrorInTheFirstLineHasItsOwnColumn() throws IOException {
    Golden.assertMatches(
        "compile-error-first-line", errors("first.java", "void main() { undefined(); }"));
    Golden.assertMatches(
        "compile-error-package-line",
        errors("first.java", "package a; class First { int x = \"a\"; void main() {} }"));
  }

  @Test
  void aSyntaxErrorIsShownLikewise() throws IOException {
    Golden.assertMatches(
        "compile-error-syntax", errors("syntax.java", "void main() {\n  int x = ;\n}\n"));
    Golden.assertMatches("compile-error-end", errors("end.java", "void main() {\n"));
  }

  @Test
  void aProgramWithoutMainSaysSo() {
    assertThat(catchThrowable(() -> run("none.java", "class A { private void main() {} }")))
        .isInstanceOf(NoMainMethod.class)
        .hasMessage("none.java has no main method; add `void main() { … }`");
    assertThat(errors("empty.java", "int x = 1;")).contains("compact source file");
  }

  private static String written(String text) {
    return new ProgramCompiler(CLASS_PATH).wantedImports(source("a.java", text)).written();
  }

  @Test
  void theImportsThatAreUsedAreWritten() {
    assertThat(
            written("record P(@Default(\"1\") int a) {}\n\nvoid main() { parameters(P.class); }\n"))
        .isEqualTo(
            """
            import dev.penstock.flow.*;
            import static dev.penstock.Penstock.*;

            record P(@Default("1") int a) {}

            void main() { parameters(P.class); }
            """);
    assertThat(written("import java.util.*;\n\nvoid main() { List<ConnectionName> l; }\n"))
        .isEqualTo(
            """
            import dev.penstock.data.*;
            import java.util.*;

            void main() { List<ConnectionName> l; }
            """);
    assertThat(written("package x;\nclass A { void main() { List<Path> l = null; } }\n"))
        .isEqualTo(
            """
            package x;

            import java.nio.file.*;
            import java.util.*;

            class A { void main() { List<Path> l = null; } }
            """);
    assertThat(written("#!/usr/bin/env penstock\nvoid main() { ConnectionName c; }\n"))
        .isEqualTo(
            """
            #!/usr/bin/env penstock

            import dev.penstock.data.*;

            void main() { ConnectionName c; }
            """);
  }

  @Test
  void whatIsWrittenNeedsNothingMore() {
    String text = written("class A { void main() { List<Path> l = null; connection(\"a\"); } }");
    assertThat(new ProgramCompiler(CLASS_PATH).wantedImports(source("a.java", text)).declarations())
        .isEmpty();
  }

  @Test
  void theFlowsOfACompactSourceFileAreFoundAndTheirCodeIsTold() throws Throwable {
    String program =
        """
        import dev.penstock.flow.code.*;
        import dev.penstock.flow.*;

        interface Task extends Function<String, Object>, Serializable {}

        @Flow("Ingest") void ingest(@Default("yellow") String color, YearMonth month) {}

        List<String> extract(String color) { return List.of(color); }

        void main() {
          FlowMethod flow = FlowMethods.of(getClass()).getFirst();
          Task task = this::extract;
          MethodReference reference = MethodReference.of(task);
          System.out.println(flow.name() + " " + flow.parameters().names() + " "
              + reference.returnType() + " " + (reference.receiver() == this));
          System.out.println(Fingerprint.of(reference.method()) + CodeVersion.of(getClass()));
        }
        """;
    String[] printed = run("flows.java", program).split("\\R");
    assertThat(printed[0]).isEqualTo("Ingest [color, month] java.util.List<java.lang.String> true");
    String commented = program.replace("return List.of", "/* why */\n return List.of");
    assertThat(run("flows.java", commented).split("\\R")[1]).isEqualTo(printed[1]);
    String edited = program.replace("List.of(color)", "List.of(color, color)");
    assertThat(run("flows.java", edited).split("\\R")[1]).isNotEqualTo(printed[1]);
  }

  @Test
  void directCallsOfFlowsAreWarnedOf() throws IOException {
    CompiledProgram program =
        compile(
            "taxi.java",
            """
            @Flow void ingest() {
                report("trips");
                subflow(this::report, "trips");
                task("load").run(() -> report("rides"));
            }

            @Flow void report(String table) {}

            void main(String[] args) {
                ingest();
                runFlow("ingest", args);
            }
            """);
    Golden.assertMatches("direct-calls", String.join("\n", program.warnings()) + "\n");
  }

  @Test
  void aProgramThatMeansWhatItSaysIsNotWarnedOf() {
    assertThat(
            compile(
                    "taxi.java",
                    """
                    @Flow void ingest() { load(); }

                    void load() {}

                    void main(String[] args) { runFlow(args); }
                    """)
                .warnings())
        .isEmpty();
  }
}
