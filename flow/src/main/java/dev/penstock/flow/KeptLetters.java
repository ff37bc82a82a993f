package dev.penstock.flow;

import dev.penstock.flow.code.ValueCodec;
import dev.penstock.flow.engine.TaskLetters;
import dev.penstock.flow.store.StoredLetter;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.GivenUp;
import dev.penstock.pipeline.run.LiveRun;
import dev.penstock.pipeline.run.RunListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Keeps the first dead letters of a pipeline with its task run, whatever sink they go to, so that
/// people can look at them, and have them tried again.
final class KeptLetters implements RunListener {
  /// People look at some, and replay those; all of them are in their sink.
  static final int MOST = 1000;

  private static final int LONGEST_TEXT = 10_000;
  private static final int LARGEST = 256 << 10;
  private static final ValueCodec CODEC = ValueCodec.of(Object.class);

  private final RunnablePipeline pipeline;
  private final TaskLetters letters;
  private final AtomicInteger kept = new AtomicInteger();
  private final Map<String, Optional<String>> refusals = new ConcurrentHashMap<>();

  KeptLetters(RunnablePipeline pipeline, TaskLetters letters) {
    this.pipeline = pipeline;
    this.letters = letters;
  }

  /// The records that these letters are about.
  static List<GivenUp> records(List<StoredLetter> letters) {
    return letters.stream()
        .map(StoredLetter::letter)
        .map(each ->
            new GivenUp(
                Objects.requireNonNull(CODEC.read(String.valueOf(each.content().value()))),
                each.position()))
        .toList();
  }

  @Override
  public void deadLettered(LiveRun run, Failure failure, DeadLetter letter) {
    if (kept.incrementAndGet() <= MOST) {
      letters.keep(
          letter.step(),
          letter.index(),
          letter.attempts(),
          new StoredLetter.Cause(
              letter.error(), text(letter.message()), text(trace(failure.cause()))),
          content(failure, letter),
          failure.position());
    }
  }

  private StoredLetter.Content content(Failure failure, DeadLetter letter) {
    Object record = failure.record();
    if (record == null) {
      return new StoredLetter.Content("", null, "its source could not read it");
    }
    String text = text(letter.record());
    Optional<String> refusal = refusals.computeIfAbsent(letter.step(), pipeline::whyNotReplayable);
    if (refusal.isPresent()) {
      return new StoredLetter.Content(text, null, refusal.get());
    }
    try {
      String value = CODEC.writeChecked(record);
      return value.length() > LARGEST
          ? new StoredLetter.Content(text, null, "it has more than " + LARGEST + " characters")
          : new StoredLetter.Content(text, value, null);
    } catch (RuntimeException e) {
      return new StoredLetter.Content(
          text,
          null,
          "a "
              + record.getClass().getSimpleName()
              + " cannot be made again of what is kept of it; a Java record of plain values can");
    }
  }

  private static String trace(Exception cause) {
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /// As much as people read.
  private static String text(@Nullable String text) {
    String whole = text == null ? "" : text;
    return whole.length() <= LONGEST_TEXT ? whole : whole.substring(0, LONGEST_TEXT) + " …";
  }
}
