package dev.penstock.flow.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement whose parameters have names, as in `WHERE id = :run`, and what JDBC makes of it.
final class NamedSql {
  /// A text or a name between quotes, the colons of a cast, or a parameter.
  private static final Pattern TOKEN = Pattern.compile("'[^']*'|\"[^\"]*\"|::|:(?<name>\\w+)");

  private static final int KEPT = 1000;
  private static final Map<String, NamedSql> PARSED = new ConcurrentHashMap<>();

  private final String text;
  private final String plain;
  private final List<String> parameters = new ArrayList<>();
  private final int[] marks;

  private NamedSql(String text) {
    this.text = text;
    List<Integer> found = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      String name = token.group("name");
      if (name == null) {
        token.appendReplacement(sql, Matcher.quoteReplacement(token.group()));
      } else {
        token.appendReplacement(sql, "?");
        if (!parameters.contains(name)) {
          parameters.add(name);
        }
        found.add(parameters.indexOf(name));
      }
    }
    plain = token.appendTail(sql).toString();
    marks = found.stream().mapToInt(Integer::intValue).toArray();
  }

  /// Parses a statement, unless that was done before.
  static NamedSql of(String text) {
    NamedSql known = PARSED.get(text);
    if (known == null) {
      known = new NamedSql(text);
      if (PARSED.size() >= KEPT) { // lists of many lengths are many statements
        PARSED.clear();
      }
      PARSED.put(text, known);
    }
    return known;
  }

  /// With a question mark wherever a parameter stands.
  String plain() {
    return plain;
  }

  /// The names of its parameters, each once.
  List<String> parameters() {
    return parameters;
  }

  /// Of each question mark, the place of its parameter among all.
  int[] marks() {
    return marks;
  }

  @Override
  public String toString() {
    return text;
  }
}
