package dev.penstock.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.Seed;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The suite of killed and resumed pipelines is itself proven: each rule of positions is broken in
/// the engine's source, one at a time, and the suite must notice. What shows by chance of threads
/// only is looked for where it can show: such a rule names steps that all its cases have.
class PositionMutantsTest {
  private static final Path ENGINE =
      Path.of("../pipeline/src/main/java/dev/penstock/pipeline/engine");
  private static final int CASES = 4_000;

  private static final Duration HANGING = Duration.ofSeconds(30);

  /// A rule, and how it is broken.
  enum Mutant {
    CUT_WITH_AN_OPEN_BATCH("Head", "if (segment.open == 0) {", "if (true) {"),
    CUT_BETWEEN_SIBLINGS("PullHead", "if (coordinate > before) {", "if (coordinate >= before) {"),
    CUT_BETWEEN_SIBLINGS_OF_TIMED_STEPS(
        "TimedHead",
        "if (now > coordinate) {",
        "if (now >= coordinate) {",
        Plan.Kind.BATCH,
        Plan.Kind.FLAT_MAP),
    END_BEFORE_WHAT_WAS_HELD_BACK(
        "PullSegment",
        "return before < 0 ? clean : before;",
        "return clean;",
        Plan.Kind.MAP,
        Plan.Kind.BATCH),
    POSITION_BEYOND_THE_UNIT("Piece", "(int) (sequence - before) - 1", "(int) (sequence - before)"),
    STATE_NOT_STORED("StatefulLink", "mark.states.put(stateName, encode());", ""),
    STATE_NOT_RESTORED("Opening", "stage.decode(state);", ""),
    POSITION_NOT_READ(
        "Opening",
        "last.getValue().to().ifPresent(position -> from.put(last.getKey(), position));",
        ""),
    CUT_BELOW_A_STATEFUL_STEP("Injectors", "Resumability.isStateful(link)", "false"),
    PUBLISHED_BEFORE_LOGGED(
        "StagedSinkStage",
        "S staged = stage(split, cut, false);\n",
        "S staged = stage(split, cut, false);\n    for (S one : unpublished) {\n      sink.publish(one);\n    }\n"),
    NOT_PUBLISHED_AFTER_A_CRASH(
        "StagedSinkStage", "sink.publish(sink.decode(last.staged().get()));", ""),
    SPLITS_STAGED_TOGETHER("Opening", "reader.cutBetweenSplits = staged;", ""),
    MARK_OVERTAKEN_WITHOUT_ORDER("Ring", "awaitPlaced(claim);", "", Plan.Kind.MAP),
    BATCH_KEPT_BEHIND_THE_MARK(
        "BatchStage", "flush();\n    down.mark(mark);", "down.mark(mark);", Plan.Kind.BATCH),
    NO_LAST_CUT_BELOW_THE_INJECTOR(
        "Head", "if (above != null && segment.stopped) {", "if (false) {"),
    SOURCES_UNDER_ONE_NAME(
        "Injectors",
        "return source == 0 ? \"\" : \"source \" + (source + 1) + \": \";",
        "return \"\";"),
    CUT_OF_ONE_INPUT_ALONE(
        "Alignment",
        "(waiting.isEmpty() || waiting.size() < running)",
        "waiting.isEmpty()",
        Plan.Kind.MERGE),
    READ_ON_PAST_ITS_CUT("Merge", "paused.told.await();", "", Plan.Kind.MERGE),
    LAST_CUT_BEFORE_THE_LAST_INPUT(
        "Concat", "return mark.asLast(false);", "return mark;", Plan.Kind.CONCAT),
    CUT_INSIDE_OF_A_ZIPPED_RECORD(
        "Zip", "left.isNew() && right.isNew()", "left.isNew()", Plan.Kind.ZIP),
    STATES_OF_OTHER_SOURCES_LOST(
        "StoredStates",
        "states.putAll(passed);",
        "states.clear();\n    states.putAll(passed);",
        Plan.Kind.SCAN,
        Plan.Kind.CONCAT),
    OLDER_STATES_TAKEN(
        "StoredStates",
        "number(stored) > number(newest)",
        "number(stored) < number(newest)",
        Plan.Kind.SCAN,
        Plan.Kind.CONCAT),
    CHILDREN_IN_TURN_OF_A_LATER_UNIT(
        "Interleave", "!ended && held == null && ", "!ended && ", Plan.Kind.FLAT_MAP_IN_TURN),
    CHILDREN_LEFT_BEHIND_THE_MARK("Interleave", "awaitChildren();", "", Plan.Kind.FLAT_MAP_IN_TURN);

    private final String file;
    private final String rule;
    private final String broken;
    private final Plan.Kind[] kinds;

    /// @param kinds what each case has, from below, besides the steps that are drawn
    Mutant(String file, String rule, String broken, Plan.Kind... kinds) {
      this.file = file;
      this.rule = rule;
      this.broken = broken;
      this.kinds = kinds;
    }
  }

  @TempDir Path classes;

  @ParameterizedTest
  @EnumSource
  void isCaught(Mutant mutant) throws Exception {
    Path source = ENGINE.resolve(mutant.file + ".java");
    String text = Files.readString(source);
    assertThat(text).as("the rule stands in " + source).containsOnlyOnce(mutant.rule);
    Path broken = Files.createDirectories(classes.resolve("src")).resolve(mutant.file + ".java");
    Files.writeString(broken, text.replace(mutant.rule, mutant.broken));
    compile(broken);

    String output = suite(mutant);
    output
        .lines()
        .filter(line -> line.startsWith("NOTICED"))
        .forEach(line -> System.out.println(mutant + ": " + line));
    assertThat(output).as(mutant + " was not noticed").contains("NOTICED");
  }

  private void compile(Path broken) {
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-nowarn",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                broken.toString());
    assertThat(result).isZero();
  }

  /// What the suite finds in a process of its own, where the broken class comes first.
  private String suite(Mutant mutant) throws Exception {
    String path =
        String.join(
            File.pathSeparator,
            List.of(
                classes.toString(),
                Path.of(Pipeline.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                System.getProperty("java.class.path")));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                path,
                Suite.class.getName(),
                mutant.name())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output;
  }

  /// Runs cases until one is wrong.
  static final class Suite {
    private static volatile long begun = System.nanoTime();

    private Suite() {}

    public static void main(String[] args) {
      Plan.Kind[] kinds = Mutant.valueOf(args[0]).kinds;
      Thread.ofPlatform().daemon().start(Suite::endHanging);
      long first = Seed.of("resumed pipelines of a mutant");
      for (int i = 0; i < CASES; i++) {
        begun = System.nanoTime();
        String problem = ResumedRuns.problem(first + i, kinds);
        if (!problem.isEmpty()) {
          System.out.println("NOTICED by case " + i + ": " + problem);
          break;
        }
      }
      System.exit(0);
    }

    /// A broken engine may hang, which nobody could miss either.
    private static void endHanging() {
      try {
        while (System.nanoTime() - begun < HANGING.toNanos()) {
          Thread.sleep(100);
        }
      } catch (InterruptedException e) {
        return;
      }
      System.out.println("NOTICED: it hangs");
      System.exit(0);
    }
  }
}
