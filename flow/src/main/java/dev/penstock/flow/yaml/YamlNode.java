package dev.penstock.flow.yaml;

import dev.penstock.data.DidYouMean;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A part of a YAML file that knows its place. Problems are collected, so that all are told at
/// once.
public final class YamlNode {
  private final Node node;
  private final @Nullable Node name;
  private final List<YamlProblem> problems;

  /// @param name of the part in its mapping; null when it is in none
  private YamlNode(Node node, @Nullable Node name, List<YamlProblem> problems) {
    this.node = node;
    this.name = name;
    this.problems = problems;
  }

  /// What a text means.
  ///
  /// @param problems takes what is wrong
  public static Optional<YamlNode> read(String text, List<YamlProblem> problems) {
    try {
      return new Compose(LoadSettings.builder().build())
          .composeString(text)
          .map(node -> new YamlNode(node, null, problems));
    } catch (MarkedYamlEngineException e) {
      problems.add(new YamlProblem(place(e.getProblemMark()), "no YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(new YamlProblem(YamlPlace.START, "no YAML: " + e.getMessage()));
    }
    return Optional.empty();
  }

  /// How many problems the file has so far.
  public int problems() {
    return problems.size();
  }

  private static YamlPlace place(Optional<Mark> mark) {
    return mark.map(at -> new YamlPlace(at.getLine() + 1, at.getColumn() + 1))
        .orElse(YamlPlace.START);
  }

  public int line() {
    return place(node.getStartMark()).line();
  }

  /// Where its name is; where it is itself when it has none.
  public YamlPlace named() {
    return place((name == null ? node : name).getStartMark());
  }

  /// Says that something is wrong with it.
  public void problem(String what) {
    problems.add(new YamlProblem(place(node.getStartMark()), what));
  }

  private void nameProblem(String what) {
    problems.add(new YamlProblem(named(), what));
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /// Whether nothing is written there, or null.
  public boolean isNothing() {
    return node.getTag().equals(Tag.NULL);
  }

  /// The parts of a mapping by name.
  ///
  /// @param what the mapping, for messages
  /// @param known the names there may be
  public YamlFields fields(String what, List<String> known) {
    YamlFields fields = fields(what);
    fields.forEach((name, value) -> {
      if (!known.contains(name)) {
        value.nameProblem(
            "there is no \""
                + name
                + "\" in "
                + what
                + DidYouMean.hint(name, known)
                + (DidYouMean.closest(name, known).isPresent()
                    ? ""
                    : "; there are " + String.join(", ", known)));
      }
    });
    return fields;
  }

  public YamlFields fields(String what) {
    Map<String, YamlNode> byName = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
        YamlNode value = new YamlNode(tuple.getValueNode(), tuple.getKeyNode(), problems);
        if (byName.put(name, value) != null) {
          value.nameProblem("\"" + name + "\" is there twice in " + what);
        }
      }
    } else {
      problem(what + " must have names and values, such as name: nightly");
    }
    return new YamlFields(byName);
  }

  /// The parts of a list.
  public List<YamlNode> elements(String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(each -> new YamlNode(each, null, problems)).toList();
    }
    problem(what + " must be a list, with a line that begins with - for each");
    return List.of();
  }

  /// The text of a single value.
  public String text(String what) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return scalar.getValue();
    }
    problem(what + " must be a single value");
    return "";
  }

  /// A whole number; null, and a problem, when it is none.
  public @Nullable Integer number(String what) {
    String text = text(what);
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      problem(what + " must be a whole number, was \"" + text + "\"");
      return null;
    }
  }

  /// What somebody makes of it; a problem, and nothing, when that is refused.
  public <T> Optional<T> checked(Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (IllegalArgumentException e) {
      problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  public boolean truth(String what) {
    String text = text(what);
    if (!text.equals("true") && !text.equals("false")) {
      problem(what + " must be true or false, was \"" + text + "\"");
    }
    return text.equals("true");
  }

  /// As in JSON: maps, lists, texts, numbers, booleans and null.
  public @Nullable Object value() {
    return switch (node) {
      case MappingNode _ -> {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fields("it").forEach((name, value) -> values.put(name, value.value()));
        yield values;
      }
      case SequenceNode _ -> {
        List<@Nullable Object> values = new ArrayList<>();
        elements("it").forEach(element -> values.add(element.value()));
        yield values;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalStateException("unexpected YAML: " + node.getNodeType());
    };
  }

  private static @Nullable Object scalar(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(scalar.getValue());
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return new BigDecimal(scalar.getValue());
    }
    return scalar.getValue();
  }
}
