package dev.penstock.server.pages;

import dev.penstock.server.web.Fields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A form as it is shown: what stands in its fields, and what is wrong with that.
///
/// @param values of fields, by name
/// @param wrongs by the name of the field
public record EditForm(Map<String, String> values, Map<String, String> wrongs) {
  static final EditForm EMPTY = new EditForm(Map.of(), Map.of());

  static EditForm of(Map<String, String> values) {
    return new EditForm(values, Map.of());
  }

  /// What was typed, but for secrets, which are never sent back.
  static EditForm of(Fields typed, String... secrets) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : typed.names()) {
      if (!List.of(secrets).contains(name)) {
        values.put(name, typed.raw(name).orElse(""));
      }
    }
    return of(values);
  }

  EditForm wrong(String field, Exception why) {
    return wrong(field, String.valueOf(why.getMessage()));
  }

  EditForm wrong(String field, String why) {
    Map<String, String> more = new LinkedHashMap<>(wrongs);
    more.putIfAbsent(field, why);
    return new EditForm(values, more);
  }

  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /// What is wrong with a field; null when nothing is.
  public @Nullable String wrong(String field) {
    return wrongs.get(field);
  }

  /// Whether a field of several values has one.
  public boolean has(String field, String value) {
    return list(value(field)).contains(value);
  }

  /// The parts of a text with commas.
  static List<String> list(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  static List<String> list(Fields form, String field) {
    return form.all(field).stream().flatMap(each -> list(each).stream()).toList();
  }
}
