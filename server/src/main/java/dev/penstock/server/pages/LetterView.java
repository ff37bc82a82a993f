package dev.penstock.server.pages;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.StoredLetter;
import dev.penstock.pipeline.plan.SourcePosition;
import dev.penstock.server.view.PrettyJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A dead letter as its tab shows it.
///
/// @param task the name of its task run
/// @param step its name without what it is given
/// @param record over several lines where it has parts
/// @param trace as much of it as helps
public record LetterView(
    StoredLetter letter, String task, String step, String record, String trace) {
  private static final int LONGEST = 2000;

  static LetterView of(StoredLetter letter, @Nullable String task) {
    return new LetterView(
        letter,
        task == null ? "a task of an earlier try" : task,
        letter.letter().step(),
        cut(record(letter.letter().content())),
        cut(letter.letter().cause().trace()));
  }

  private static String record(StoredLetter.Content content) {
    String value = content.value();
    if (value == null) {
      return content.text();
    }
    return JsonTree.read(value) instanceof Map<?, ?> kept
        ? PrettyJson.write(kept.get("value"))
        : content.text();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text.stripTrailing() : text.substring(0, LONGEST) + " …";
  }

  /// Its class and its message, on one line.
  public String error() {
    StoredLetter.Cause cause = letter.letter().cause();
    String first = cause.message().lines().findFirst().orElse("");
    return first.isEmpty() ? cause.title() : cause.title() + ": " + first;
  }

  /// Which record of the source it was made of, as the end of a sentence; empty where that is not
  /// known.
  public String source() {
    SourcePosition position = letter.letter().position();
    return position == null ? "" : ", made of " + position;
  }

  /// What stands in the way of a replay, or became of it; empty for nothing.
  public String fate() {
    String refusal = letter.letter().content().refusal();
    return switch (letter.replay()) {
      case KEPT -> refusal == null ? "" : "Cannot be replayed: " + refusal;
      case ASKED -> "Is replayed by the next process that comes to its task";
      case REPLAYED -> "Was replayed";
    };
  }
}
