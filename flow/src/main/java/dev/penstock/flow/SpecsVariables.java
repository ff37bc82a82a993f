package dev.penstock.flow;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The variables of the environment that values of [Specs] name.
///
/// @param environment null where only names count, and no value is looked at
record SpecsVariables(@Nullable Map<String, String> environment) {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<escaped>\\$\\$\\{)|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<otherwise>[^}]*))?}|(?<broken>\\$\\{)");

  /// A value with variables in the place of their names.
  ///
  /// @throws IllegalArgumentException when one is not set
  @Nullable Object into(@Nullable Object value) {
    if (environment == null || !(value instanceof String text) || !text.contains("${")) {
      return value;
    }
    boolean named = false;
    StringBuilder whole = new StringBuilder();
    Matcher reference = REFERENCE.matcher(text);
    while (reference.find()) {
      named |= reference.group("name") != null;
      reference.appendReplacement(whole, Matcher.quoteReplacement(meant(reference, environment)));
    }
    reference.appendTail(whole);
    return named ? new FromVariables(whole.toString()) : whole.toString();
  }

  private static String meant(Matcher reference, Map<String, String> environment) {
    if (reference.group("escaped") != null) {
      return "${";
    }
    if (reference.group("broken") != null) {
      throw new IllegalArgumentException(
          "${ does not begin a variable, such as ${NAME} or ${NAME:-text}; write $${ for the characters themselves");
    }
    String set = environment.getOrDefault(reference.group("name"), "");
    String otherwise = reference.group("otherwise");
    if (set.isEmpty() && otherwise != null) {
      return otherwise;
    }
    if (!environment.containsKey(reference.group("name"))) {
      throw new IllegalArgumentException("the variable " + reference.group("name") + " is not set");
    }
    return set;
  }
}
