package dev.penstock.cli.runs;

import dev.penstock.cli.session.Listing;
import dev.penstock.flow.store.StoredLetter;
import dev.penstock.pipeline.plan.SourcePosition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Dead letters as commands show them.
final class DeadLetterText {
  private DeadLetterText() {}

  static Listing<StoredLetter> listing() {
    return new Listing<>(
        "no dead letters",
        List.of(
            new Listing.Column<>("ID", each -> String.valueOf(each.id())),
            new Listing.Column<>("STEP", each -> each.letter().step()),
            new Listing.Column<>("ERROR", each -> each.letter().cause().title()),
            new Listing.Column<>("POSITION", DeadLetterText::position),
            new Listing.Column<>("REPLAY", DeadLetterText::replay)),
        DeadLetterText::json);
  }

  private static String position(StoredLetter letter) {
    SourcePosition position = letter.letter().position();
    return position == null ? "" : position.toString();
  }

  private static String replay(StoredLetter letter) {
    String refusal = letter.letter().content().refusal();
    return refusal == null ? letter.replay().name().toLowerCase(Locale.ROOT) : "no: " + refusal;
  }

  /// What scripts see; its members are a promise.
  private static SequencedMap<String, @Nullable Object> json(StoredLetter stored) {
    StoredLetter.Draft letter = stored.letter();
    SourcePosition position = letter.position();
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", stored.id());
    json.put("flowRun", stored.flowRun());
    json.put("taskRun", letter.taskRun());
    json.put("step", letter.step());
    json.put("number", letter.number());
    json.put("attempts", letter.attempts());
    json.put("error", letter.cause().error());
    json.put("message", letter.cause().message());
    json.put("record", letter.content().text());
    json.put("split", position == null ? null : position.split());
    json.put("position", position == null ? null : position.place());
    json.put("replay", replay(stored));
    json.put("at", stored.at().toString());
    return json;
  }
}
