package dev.penstock.files;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A process that writes numbers into a directory, going on where the log says that the last one
/// came to, and tells on standard output what it is about to do, so that a test can kill it there.
final class Numbers {
  static final Split SPLIT = new Split("numbers#1");

  record Number(long n) {}

  private Numbers() {}

  static FilesSink<Number> sink(Path directory) {
    return Csv.files(Number.class, directory).roll(300);
  }

  /// @param args directory, how many numbers, how many in a commit
  public static void main(String[] args) throws Exception {
    FilesSink<Number> sink = sink(Path.of(args[0]));
    long end = Long.parseLong(args[1]);
    long unit = Long.parseLong(args[2]);
    try (CommitLog log = sink.log()) {
      Claim claim = log.claim("numbers", Set.of(SPLIT));
      Optional<Entry> last = Optional.ofNullable(claim.last().get(SPLIT));
      if (last.isPresent() && last.get().staged().isPresent()) {
        sink.publish(sink.decode(last.get().staged().get()));
      }
      long from = last.flatMap(Entry::to).map(to -> Long.parseLong(to.text())).orElse(0L);
      try (StageWriter<Number, StagedFiles> writer = sink.open(SPLIT, last.flatMap(Entry::to))) {
        for (long next = from; next < end; next = Math.min(end, next + unit)) {
          commit(sink, writer, claim, next, Math.min(end, next + unit));
        }
      }
    }
  }

  private static void commit(
      FilesSink<Number> sink,
      StageWriter<Number, StagedFiles> writer,
      Claim claim,
      long from,
      long to)
      throws Exception {
    for (long n = from; n < to; n++) {
      writer.write(new Number(n));
    }
    Position start = Position.of(Long.toString(from));
    Position end = Position.of(Long.toString(to));
    Optional<Position> before = from == 0 ? Optional.empty() : Optional.of(start);
    Map<Split, Position> cutFrom = from == 0 ? Map.of() : Map.of(SPLIT, start);
    say("stage");
    StagedFiles staged = writer.stage(new Cut(cutFrom, Map.of(SPLIT, end), Map.of(), false));
    say("log");
    claim.append(
        Map.of(
            SPLIT,
            new Entry(0, before, Optional.of(end), Map.of(), Optional.of(sink.encode(staged)))));
    say("publish");
    sink.publish(staged);
    say("done " + to);
  }

  private static void say(String what) {
    System.out.println(what);
    System.out.flush();
  }
}
