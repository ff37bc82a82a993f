package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.DataSize;
import dev.penstock.files.Numbers.Number;
import dev.penstock.objects.StagedObject;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import dev.penstock.testkit.NoLeaks;
import dev.penstock.testkit.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NoLeaks
@Timeout(120)
class FilesSinkTest {
  private static final int KILLS = Boolean.getBoolean("penstock.long") ? 40 : 6;
  private static final Split LANE = new Split("lane");

  @TempDir Path directory;

  private static List<Number> numbers(long from, long to) {
    return LongStream.range(from, to).mapToObj(Number::new).toList();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void filesRollByRecords() throws Exception {
    Writing.write(Csv.files(Number.class, directory).roll(40), numbers(0, 100));
    assertThat(names()).containsExactly("part-00000.csv", "part-00001.csv", "part-00002.csv");
    assertThat(Reading.records(Csv.read(directory + "/*.csv", Number.class)))
        .isEqualTo(numbers(0, 100));
    assertThat(directory.resolve("part-00002.csv")).content().startsWith("n\n80\n");
  }

  @Test
  void filesRollBySize() throws Exception {
    Writing.write(
        JsonLines.files(Number.class, directory).roll(DataSize.kibibytes(256)),
        numbers(0, 100_000));
    List<Path> files = names().stream().map(directory::resolve).toList();
    assertThat(files).hasSizeBetween(4, 6);
    for (Path file : files) {
      assertThat(Files.size(file)).isLessThan(350 * 1024);
    }
    assertThat(Reading.records(JsonLines.read(files, Number.class))).isEqualTo(numbers(0, 100_000));
  }

  @Test
  void aFileIsReplacedOnlyWhenTheNewOneIsWhole() throws Exception {
    Path file = Files.writeString(directory.resolve("n.csv"), "n\n7\n");
    FilesSink<Number> sink = Csv.write(file, Number.class);
    try (StageWriter<Number, StagedFiles> writer = sink.open(Split.WHOLE, Optional.empty())) {
      writer.write(new Number(8));
      StagedFiles staged = writer.stage(Cut.END);
      assertThat(file).content().isEqualTo("n\n7\n");
      sink.publish(staged);
      assertThat(file).content().isEqualTo("n\n8\n");
    }
    assertThat(names()).containsExactly("n.csv");
  }

  @Test
  void aRunWithoutRecordsWritesAHeaderOnly() throws Exception {
    Writing.write(Csv.write(directory.resolve("n.csv"), Number.class), List.of());
    assertThat(directory.resolve("n.csv")).content().isEqualTo("n\n");
    Writing.write(Csv.files(Number.class, directory.resolve("parts")), List.of());
    assertThat(directory.resolve("parts")).doesNotExist();
  }

  @Test
  void anAbandonedFileLeavesNothing() throws Exception {
    StageWriter<Number, StagedFiles> writer =
        Csv.write(directory.resolve("n.csv"), Number.class).open(Split.WHOLE, Optional.empty());
    writer.write(new Number(1));
    assertThat(names()).hasSize(2).allMatch(name -> name.startsWith(".penstock-"));
    writer.close();
    assertThat(names()).isEmpty();
  }

  @Test
  void aDirectoryWithFilesIsRefusedBeforeTheWork() throws Exception {
    Writing.write(Csv.files(Number.class, directory), numbers(0, 1));
    assertThatThrownBy(() -> Csv.files(Number.class, directory).open(Split.WHOLE, Optional.empty()))
        .isInstanceOf(BadFile.class)
        .hasMessageEndingWith(
            " has files already, like part-00000.csv: remove them, write into another directory, or append()");
  }

  @Test
  void appendingGoesOnWithTheNumbers() throws Exception {
    FilesSink<Number> sink = Csv.files(Number.class, directory).roll(3).append();
    Writing.write(sink, numbers(0, 5));
    Writing.write(sink, numbers(5, 7));
    assertThat(names()).containsExactly("part-00000.csv", "part-00001.csv", "part-00002.csv");
    assertThat(Reading.records(Csv.read(directory + "/*.csv", Number.class)))
        .isEqualTo(numbers(0, 7));
  }

  @Test
  void oneWriterMayStageMoreThanOnceWithoutPositions() throws Exception {
    FilesSink<Number> sink = Csv.files(Number.class, directory);
    Cut between = new Cut(Map.of(), Map.of(), Map.of(), false);
    try (StageWriter<Number, StagedFiles> writer = sink.open(Split.WHOLE, Optional.empty())) {
      writer.write(new Number(0));
      sink.publish(writer.stage(between));
      writer.write(new Number(1));
      sink.publish(writer.stage(Cut.END));
    }
    assertThat(names()).containsExactly("part-00000.csv", "part-00001.csv");
    try (StageWriter<Number, StagedFiles> writer =
        Csv.write(directory.resolve("n.csv"), Number.class).open(Split.WHOLE, Optional.empty())) {
      writer.write(new Number(0));
      assertThatThrownBy(() -> writer.stage(between))
          .hasMessageStartingWith("a single file is written by one commit only");
    }
  }

  @Test
  void theEngineWritesAFileAlsoIfThereAreNoRecords() throws Exception {
    Path file = Files.writeString(directory.resolve("n.csv"), "n\n7\n");
    Pipeline.over(List.<Number>of()).to(Csv.write(file, Number.class)).run();
    assertThat(file).content().isEqualTo("n\n");
  }

  @Test
  void aResumableRunFromManyFilesIsWholeAndIsNotRepeated() throws Exception {
    Path input = Files.createDirectory(directory.resolve("in"));
    for (int i = 0; i < 5; i++) {
      Writing.write(
          Csv.write(input.resolve(i + ".csv"), Number.class), numbers(i * 100, i * 100 + 100));
    }
    for (int run = 0; run < 2; run++) {
      Pipeline.from(Csv.read(input + "/*.csv", Number.class))
          .to(JsonLines.files(Number.class, directory.resolve("out")).roll(30))
          .resumable("copy")
          .run();
      List<Number> all =
          new ArrayList<>(
              Reading.records(JsonLines.read(directory + "/out/*.jsonl", Number.class)));
      all.sort(Comparator.comparingLong(Number::n));
      assertThat(all).isEqualTo(numbers(0, 500));
    }
  }

  @Test
  void aSingleFileCannotRollOrBeResumed() {
    FilesSink<Number> sink = Csv.write(directory.resolve("n.csv"), Number.class);
    assertThatThrownBy(() -> sink.roll(5))
        .hasMessage("a single file cannot roll: write into a directory, with Csv.files");
    assertThatThrownBy(sink::log)
        .hasMessageContaining("cannot be resumed")
        .hasMessageContaining("Csv.files");
    assertThat(Pipeline.over(numbers(0, 1)).to(sink).resumable("n").explain())
        .contains("refused: to(Csv.write(")
        .contains("each commit needs a file of its own; write into a directory");
    assertThatThrownBy(() -> Csv.files(Number.class, directory).roll(0))
        .hasMessage("a file must hold at least 1 record, was 0");
    assertThatThrownBy(() -> Csv.write(directory, Number.class))
        .hasMessageContaining("is a directory");
  }

  @Test
  void aRecordThatFailsLeavesNoHalfLine() throws Exception {
    record Failing(int a, String b) {
      @Override
      public String b() {
        if (a == 2) {
          throw new IllegalStateException("no b");
        }
        return b;
      }
    }
    for (FilesSink<Failing> sink :
        List.of(
            Csv.write(directory.resolve("x.csv"), Failing.class),
            JsonLines.write(directory.resolve("x.jsonl"), Failing.class))) {
      try (StageWriter<Failing, StagedFiles> writer = sink.open(Split.WHOLE, Optional.empty())) {
        writer.write(new Failing(1, "x"));
        assertThatThrownBy(() -> writer.write(new Failing(2, "y"))).hasMessage("no b");
        writer.write(new Failing(3, "z"));
        sink.publish(writer.stage(Cut.END));
      }
    }
    assertThat(directory.resolve("x.csv")).content().isEqualTo("a,b\n1,x\n3,z\n");
    assertThat(directory.resolve("x.jsonl"))
        .content()
        .isEqualTo("{\"a\":1,\"b\":\"x\"}\n{\"a\":3,\"b\":\"z\"}\n");
  }

  @Test
  void ofManyClaimsAtOnceExactlyOneCanGoOn() throws Exception {
    FilesSink<Number> sink = Csv.files(Number.class, directory);
    for (int round = 0; round < 20; round++) {
      List<Future<Claim>> claims = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Claim> claim =
            () -> {
              try (CommitLog log = sink.log()) {
                return log.claim("race", Set.of(LANE));
              }
            };
        for (int i = 0; i < 8; i++) {
          claims.add(threads.submit(claim));
        }
      }
      int won = 0;
      Position to = Position.of("" + round);
      for (Future<Claim> claim : claims) {
        try {
          claim
              .get()
              .append(
                  Map.of(
                      LANE,
                      new Entry(0, Optional.empty(), Optional.of(to), Map.of(), Optional.empty())));
          won++;
        } catch (Fenced e) {
          // one of the seven others
        }
      }
      assertThat(won).isOne();
    }
  }

  @Test
  void killedAnywhereAndRunAgainEachNumberIsThereOnce() throws Exception {
    Random random = new Random(Seed.of("killed writers of files"));
    List<String> killedAfter = new ArrayList<>();
    int kills = 0;
    while (true) {
      int lines = kills < KILLS ? 1 + random.nextInt(10) : Integer.MAX_VALUE;
      Process process = start();
      String last = "";
      try (BufferedReader out = process.inputReader()) {
        String line = "";
        for (int i = 0; i < lines && line != null; i++) {
          line = out.readLine();
          last = line == null ? last : line;
        }
        process.destroyForcibly();
      }
      boolean ended = process.waitFor() == 0;
      assertVisibleFilesAreWhole();
      if (ended) {
        break;
      }
      assertThat(lines).as("killed after: %s", last).isLessThan(Integer.MAX_VALUE);
      killedAfter.add(last);
      kills++;
    }
    System.out.println("killed after " + killedAfter);
    assertThat(kills).isGreaterThanOrEqualTo(KILLS);
    List<Number> all =
        new ArrayList<>(Reading.records(Csv.read(directory + "/*.csv", Number.class)));
    all.sort(Comparator.comparingLong(Number::n));
    assertThat(all).isEqualTo(numbers(0, 20_000));
    assertThat(names()).noneMatch(name -> name.startsWith(".penstock-"));
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Numbers.class.getName(),
            directory.toString(),
            "20000",
            "400")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// A file of numbers `n, n+1 …` that ends with a line end.
  private void assertVisibleFilesAreWhole() throws Exception {
    for (String name : names()) {
      if (name.endsWith(".csv")) {
        List<Number> held = Reading.records(Csv.read(directory.resolve(name), Number.class));
        long first = held.getFirst().n();
        assertThat(held).isEqualTo(numbers(first, first + held.size()));
        assertThat(held.size()).isIn(100, 300);
      }
    }
  }

  @Test
  void whatADeadProcessLeftIsRemovedUnlessTheLogNamesIt() throws Exception {
    FilesSink<Number> sink = Csv.files(Number.class, directory);
    Path left = Files.writeString(directory.resolve(hidden("0.tmp", 'a')), "left");
    Path staged = Files.writeString(directory.resolve(hidden("0.tmp", 'b')), "n\n1\n");
    Path users = Files.writeString(directory.resolve(".penstock-notes.tmp"), "the user's");
    byte[] named =
        new StagedFiles(
                List.of(new StagedObject("one.csv", staged.getFileName().toString(), List.of())))
            .encode();
    try (CommitLog log = sink.log()) {
      log.claim("p", Set.of(LANE))
          .append(
              Map.of(
                  LANE,
                  new Entry(
                      0,
                      Optional.empty(),
                      Optional.of(Position.of("1")),
                      Map.of(),
                      Optional.of(named))));
    }
    try (StageWriter<Number, StagedFiles> alive = sink.open(LANE, Optional.empty())) {
      alive.write(new Number(1));
      try (StageWriter<Number, StagedFiles> another =
          sink.open(new Split("other"), Optional.empty())) {
        another.write(new Number(2));
        assertThat(left).doesNotExist();
        assertThat(staged).exists();
        assertThat(users).exists();
        sink.publish(
            alive.stage(new Cut(Map.of(), Map.of(LANE, Position.of("2")), Map.of(), false)));
      }
    }
    sink.publish(StagedFiles.decode(named));
    assertThat(directory.resolve("one.csv")).content().isEqualTo("n\n1\n");
  }

  private static String hidden(String end, char letter) {
    return ".penstock-" + "00000000-0000-0000-0000-00000000000" + letter + "-" + end;
  }
}
