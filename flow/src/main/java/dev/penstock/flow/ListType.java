package dev.penstock.flow;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list or a set. As a text its values are separated by commas, or it is JSON.
///
/// @param set whether it is a set
record ListType(Type type, ParameterType element, boolean set) implements ParameterType {
  @Override
  public @Nullable Object ofText(String text, Place at) {
    String stripped = text.strip();
    if (stripped.startsWith("[")) {
      return JsonText.value(this, stripped, at);
    }
    if (stripped.isEmpty()) {
      return collected(List.of());
    }
    List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    List<@Nullable Object> values = new ArrayList<>();
    for (String part : parts) { // told without an index: all of it stands on one command line
      values.add(element.ofText(part, at));
    }
    return collected(values);
  }

  @Override
  public @Nullable Object ofJson(Object json, Place at) {
    if (json instanceof String || json instanceof FromVariables) {
      String text = json.toString();
      return text.stripLeading().startsWith("[") ? wrong(at) : ofText(text, at);
    }
    if (!(json instanceof Collection<?> elements)) {
      return wrong(at);
    }
    List<@Nullable Object> values = new ArrayList<>();
    int index = 0;
    for (@Nullable Object part : elements) {
      Place place = at.element(index++);
      if (part == null) {
        place.problem(" is null");
      } else {
        values.add(element.ofJson(part, place));
      }
    }
    return collected(values);
  }

  private @Nullable Object wrong(Place at) {
    at.problem(": no list is given (" + name() + ")");
    return null;
  }

  private Object collected(List<? extends @Nullable Object> values) {
    return set
        ? Collections.unmodifiableSequencedSet(new LinkedHashSet<>(values))
        : Collections.unmodifiableList(new ArrayList<>(values));
  }

  @Override
  public Object toJson(Object value) {
    return ((Collection<?>) value).stream().map(element::toJson).toList();
  }

  @Override
  public Map<String, Object> schema(SchemaDefinitions definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", element.schema(definitions));
    if (set) {
      schema.put("uniqueItems", true);
    }
    return schema;
  }
}
