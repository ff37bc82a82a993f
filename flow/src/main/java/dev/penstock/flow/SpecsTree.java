package dev.penstock.flow;

import dev.penstock.data.DidYouMean;
import dev.penstock.flow.yaml.YamlFields;
import dev.penstock.flow.yaml.YamlNode;
import dev.penstock.flow.yaml.YamlPlace;
import dev.penstock.flow.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a file of specs says in one environment, as JSON that knows where each value stands. For
/// one thread.
final class SpecsTree {
  private final SpecsVariables variables;
  private final List<YamlProblem> problems;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final Map<String, YamlPlace> places = new HashMap<>();
  private final Set<String> refused = new HashSet<>();

  /// @param problems takes what is wrong
  SpecsTree(SpecsVariables variables, List<YamlProblem> problems) {
    this.variables = variables;
    this.problems = problems;
  }

  Map<String, @Nullable Object> values() {
    return values;
  }

  /// Lays a mapping over what is there.
  ///
  /// @param but a name that is left out; empty for none
  void lay(YamlFields fields, String but) {
    fields.forEach((name, node) -> {
      if (!name.equals(but)) {
        put(values, name, node, name);
      }
    });
  }

  @SuppressWarnings("unchecked") // a map in the tree is by names
  private void put(Map<String, @Nullable Object> into, String name, YamlNode node, String path) {
    places.put(folded(path), node.named());
    if (!node.isMapping()) {
      into.put(name, value(node, path));
      return;
    }
    Map<String, @Nullable Object> part =
        into.get(name) instanceof Map<?, ?> known
            ? (Map<String, @Nullable Object>) known
            : new LinkedHashMap<>();
    into.put(name, part);
    node.fields(path)
        .forEach((inner, value) -> {
          places.put(folded(path + "[" + inner + "]"), value.named()); // of a map's values
          put(part, inner, value, path + "." + inner);
        });
  }

  private @Nullable Object value(YamlNode node, String path) {
    if (node.isMapping()) { // an element of a list
      Map<String, @Nullable Object> element = new LinkedHashMap<>();
      node.fields(path).forEach((name, value) -> put(element, name, value, path + "." + name));
      return element;
    }
    if (node.isList()) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (YamlNode element : node.elements(path)) {
        String at = path + "[" + elements.size() + "]";
        places.put(folded(at), element.named());
        elements.add(value(element, at));
      }
      return elements;
    }
    try {
      return variables.into(node.value());
    } catch (IllegalArgumentException e) {
      problems.add(placed(new Place.Problem(path, ": " + e.getMessage())));
      refused.add(folded(path));
      return null;
    }
  }

  /// Takes out what belongs to other programs: mappings at the top whose names are neither known
  /// nor like one that is missing.
  ///
  /// @param known the names of this program's sections
  void leaveSectionsOfOthers(List<String> known) {
    List<String> missing = new ArrayList<>(known);
    missing.removeIf(name -> values.keySet().stream().anyMatch(given -> isSame(given, name)));
    List<String> likely = new ArrayList<>(missing);
    likely.add(SpecsFile.ENVIRONMENTS);
    values
        .entrySet()
        .removeIf(given -> {
          String name = given.getKey();
          if (known.stream().anyMatch(each -> isSame(name, each))
              || !(given.getValue() instanceof Map<?, ?>)) {
            return false;
          }
          String meant = DidYouMean.closest(name, likely).orElse("");
          if (meant.equals(SpecsFile.ENVIRONMENTS)) {
            problems.add(
                placed(new Place.Problem(name, " is unknown; did you mean \"" + meant + "\"?")));
          }
          return meant.isEmpty() || meant.equals(SpecsFile.ENVIRONMENTS);
        });
  }

  private static boolean isSame(String name, String other) {
    return folded(name).equals(folded(other));
  }

  /// Whether it was already told what is wrong with the value at a path.
  boolean isRefused(String path) {
    return refused.contains(folded(path));
  }

  /// A problem with the place of its value, or else of what that is in.
  YamlProblem placed(Place.Problem problem) {
    String at = folded(problem.path());
    while (!places.containsKey(at) && !at.isEmpty()) {
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return new YamlProblem(places.getOrDefault(at, YamlPlace.START), problem.told());
  }

  /// A name may be written in several ways.
  private static String folded(String path) {
    return path.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
