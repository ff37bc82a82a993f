package dev.penstock.server.api;

import dev.penstock.flow.schedule.TimeText;
import dev.penstock.flow.state.StateName;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the query of a request asks for; everything that is wrong with it is told at once.
final class Asked {
  static final Operation.Parameter LIMIT =
      new Operation.Parameter("limit", "integer", "How many at most, from 1 to 200; 50.");
  static final Operation.Parameter AFTER =
      new Operation.Parameter("after", "string", "What the page before gave as after.");

  static final List<Operation.Parameter> PAGE = List.of(LIMIT, AFTER);

  private static final int MOST = 200;

  private final Fields query;
  private final List<Refused.Field> wrong = new ArrayList<>();

  /// @param known the parameters that there may be
  Asked(Fields query, List<Operation.Parameter> known) {
    this.query = query;
    Operation.Parameter.refuseUnknown(query.names(), known, wrong);
  }

  int limit() {
    String text = query.first("limit").orElse("50");
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    wrong.add(new Refused.Field("limit", "\"" + text + "\" is no number from 1 to " + MOST));
    return 1;
  }

  /// What the page before gave; null for the first page.
  ///
  /// @param form what it looks like
  @Nullable String after(Pattern form) {
    Optional<String> text = query.first("after");
    if (text.isPresent() && !form.matcher(text.get()).matches()) {
      wrong.add(
          new Refused.Field("after", "\"" + text.get() + "\" is not what a page gave as after"));
      return null;
    }
    return text.orElse(null);
  }

  /// The number of a line; 0 when none was given.
  long line(String name) {
    String text = query.first(name).orElse("0");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      wrong.add(new Refused.Field(name, "\"" + text + "\" is no number of a line"));
      return 0;
    }
  }

  @Nullable Instant instant(String name) {
    Optional<String> text = query.first(name);
    try {
      return text.map(each -> TimeText.parse("\"" + name + "\"", each, ZoneOffset.UTC))
          .orElse(null);
    } catch (IllegalArgumentException e) {
      wrong.add(new Refused.Field(name, String.valueOf(e.getMessage())));
      return null;
    }
  }

  List<StateName> states() {
    List<StateName> states = new ArrayList<>();
    for (String word : query.all("state")) {
      Arrays.stream(StateName.values())
          .filter(state -> state.title().equalsIgnoreCase(word))
          .findFirst()
          .ifPresentOrElse(
              states::add,
              () ->
                  wrong.add(
                      new Refused.Field(
                          "state", "\"" + word + "\" is no state: write one such as Failed")));
    }
    return states;
  }

  /// Goes on only if nothing is wrong.
  void refuseWrong() {
    refuse(wrong);
  }

  /// @throws Refused when anything is wrong
  static void refuse(List<Refused.Field> wrong) {
    if (!wrong.isEmpty()) {
      String title =
          wrong.size() == 1 ? "One field needs a change" : wrong.size() + " fields need a change";
      throw new Refused(
          400,
          title,
          String.join("; ", wrong.stream().map(Refused.Field::message).toList()),
          wrong);
    }
  }
}
