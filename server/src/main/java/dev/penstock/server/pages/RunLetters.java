package dev.penstock.server.pages;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.ReplayRefused;
import dev.penstock.flow.store.StoredLetter;
import dev.penstock.pipeline.plan.SourcePosition;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the dead letters of a run, and has them tried again.
final class RunLetters {
  private static final int ROWS = 30;
  private static final int MOST = 5000;

  private final Site site;

  RunLetters(Site site) {
    this.site = site;
  }

  /// @param shown whether the tab is open: else they are counted alone
  Letters read(FlowRun run, Fields query, boolean shown) {
    Map<String, Long> errors = site.store().deadLetters().errors(run.id());
    long count = errors.values().stream().mapToLong(Long::longValue).sum();
    if (!shown || count == 0) {
      return new Letters(count, "", List.of(), null, List.of());
    }
    long after = query.first("letter").map(text -> RunPage.number("letter", text)).orElse(0L);
    List<StoredLetter> found = site.store().deadLetters().of(run.id(), after, ROWS + 1);
    List<StoredLetter> page = found.subList(0, Math.min(ROWS, found.size()));
    Map<String, String> names = new HashMap<>();
    site.store()
        .taskRuns()
        .of(run.id(), run.generation(), "", 1000)
        .forEach(task -> names.put(task.id(), task.key().name()));
    return new Letters(
        count,
        Letters.words(errors),
        page.stream().map(each -> LetterView.of(each, names.get(each.letter().taskRun()))).toList(),
        found.size() > ROWS
            ? "/runs/" + run.id() + "?tab=letters&letter=" + page.getLast().id() + "#run-details"
            : null,
        run.call().root() == null && run.state().type().isFinal() ? groups(run, names) : List.of());
  }

  private List<Letters.Group> groups(FlowRun run, Map<String, String> names) {
    Map<String, Letters.Group> groups = new LinkedHashMap<>();
    for (StoredLetter each : site.store().deadLetters().of(run.id(), 0, MOST)) {
      if (each.replayable() && names.containsKey(each.letter().taskRun())) {
        groups.merge(
            key(each),
            new Letters.Group(key(each), each.letter().step(), 1),
            (one, _) -> new Letters.Group(one.key(), one.step(), one.count() + 1));
      }
    }
    return List.copyOf(groups.values());
  }

  private static String key(StoredLetter each) {
    return each.letter().taskRun() + " " + each.letter().step();
  }

  /// Has those tried again that a form names, one by one or as a group.
  void replay(FlowRun run, Fields form) {
    List<Long> ids = new ArrayList<>();
    String group = form.first("group").orElse("");
    if (group.isEmpty()) {
      form.all("letter").forEach(id -> ids.add(RunPage.number("letter", id)));
    } else {
      site.store().deadLetters().of(run.id(), 0, MOST).stream()
          .filter(each -> each.replayable() && key(each).equals(group))
          .forEach(each -> ids.add(each.id()));
    }
    try {
      site.store().deadLetters().replay(run.id(), ids);
    } catch (ReplayRefused e) {
      throw Refused.conflict(String.valueOf(e.getMessage()));
    }
  }

  /// All of them, a JSON object a line.
  Answer download(FlowRun run) {
    return new Answer(
        200,
        Map.of(
            "Content-Type",
            "application/jsonl; charset=utf-8",
            "Content-Disposition",
            "attachment; filename=\"dead-letters-" + RunPage.fileName(run) + ".jsonl\""),
        new Answer.Body.Flowing(out -> {
          long last = 0;
          List<StoredLetter> letters;
          do {
            letters = site.store().deadLetters().of(run.id(), last, 200);
            for (StoredLetter letter : letters) {
              last = letter.id();
              out.write((JsonTree.write(line(letter)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
          } while (!letters.isEmpty());
        }));
  }

  private static Map<String, Object> line(StoredLetter stored) {
    StoredLetter.Draft letter = stored.letter();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", letter.step());
    line.put("number", letter.number());
    line.put("attempts", letter.attempts());
    line.put("error", letter.cause().error());
    line.put("message", letter.cause().message());
    SourcePosition position = letter.position();
    line.put("split", position == null ? null : position.split());
    line.put("position", position == null ? null : position.place());
    line.put("record", letter.content().text());
    line.put("at", stored.at().toString());
    return line;
  }
}
