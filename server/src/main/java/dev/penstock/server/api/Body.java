package dev.penstock.server.api;

import dev.penstock.data.BadText;
import dev.penstock.data.ParameterParser;
import dev.penstock.server.web.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a body that was sent; everything that is wrong with them is told at once.
final class Body {
  private final Map<String, @Nullable Object> members;
  private final List<Refused.Field> wrong = new ArrayList<>();

  /// @param known the members that there may be
  Body(Map<String, @Nullable Object> members, List<Operation.Parameter> known) {
    this.members = members;
    Operation.Parameter.refuseUnknown(members.keySet(), known, wrong);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  @Nullable Object any(String name) {
    if (!has(name)) {
      wrong.add(new Refused.Field(name, "\"" + name + "\" is missing"));
    }
    return members.get(name);
  }

  String text(String name) {
    if (members.get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    wrong.add(new Refused.Field(name, "\"" + name + "\" must be a text"));
    return "";
  }

  String text(String name, String otherwise) {
    return members.get(name) == null ? otherwise : text(name);
  }

  boolean flag(String name) {
    if (members.get(name) instanceof Boolean flag) {
      return flag;
    }
    wrong.add(new Refused.Field(name, "\"" + name + "\" must be true or false"));
    return false;
  }

  /// A whole number of at least this much.
  int number(String name, int least) {
    if (members.get(name) instanceof Integer number && number >= least) {
      return number;
    }
    wrong.add(
        new Refused.Field(name, "\"" + name + "\" must be a whole number of at least " + least));
    return least;
  }

  /// The same; null where it is null or missing.
  @Nullable Integer numberOrNull(String name, int least) {
    return members.get(name) == null ? null : (Integer) number(name, least);
  }

  Duration duration(String name) {
    if (members.get(name) == null) {
      return Duration.ZERO;
    }
    try {
      return Duration.class.cast(ParameterParser.parse(text(name), Duration.class));
    } catch (BadText e) {
      wrong.add(new Refused.Field(name, "\"" + name + "\" " + e.getMessage() + ", such as 90s"));
      return Duration.ZERO;
    }
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    Object value = members.get(name);
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      list.forEach(each -> texts.add((String) each));
    } else if (value != null) {
      wrong.add(new Refused.Field(name, "\"" + name + "\" must be a list of texts"));
    }
    return texts;
  }

  Map<String, @Nullable Object> object(String name) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    if (members.get(name) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> object.put(String.valueOf(key), value));
    } else {
      wrong.add(new Refused.Field(name, "\"" + name + "\" must be an object"));
    }
    return object;
  }

  void add(String name, String message) {
    wrong.add(new Refused.Field(name, message));
  }

  /// Goes on only if nothing is wrong.
  void refuseWrong() {
    Asked.refuse(wrong);
  }
}
