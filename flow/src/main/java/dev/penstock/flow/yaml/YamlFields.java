package dev.penstock.flow.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The parts of a mapping of a YAML file, by name.
public final class YamlFields {
  /// Of a mapping that is not there.
  public static final YamlFields NONE = new YamlFields(Map.of());

  private final Map<String, YamlNode> byName;

  YamlFields(Map<String, YamlNode> byName) {
    this.byName = byName;
  }

  public @Nullable YamlNode get(String name) {
    return byName.get(name);
  }

  public Optional<YamlNode> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public boolean containsKey(String name) {
    return byName.containsKey(name);
  }

  public void forEach(BiConsumer<String, YamlNode> each) {
    byName.forEach(each);
  }

  /// The text of a part.
  public String text(String name, String otherwise) {
    YamlNode node = byName.get(name);
    return node == null ? otherwise : node.text(name);
  }

  /// The text of a part that may be missing.
  public @Nullable String text(String name) {
    YamlNode node = byName.get(name);
    return node == null ? null : node.text(name);
  }

  /// The texts of a part that is a list; none when it is missing.
  public List<String> texts(String name) {
    return find(name).stream()
        .flatMap(node -> node.elements(name).stream())
        .map(element -> element.text("each of " + name))
        .toList();
  }

  /// The values of a part that is a mapping, as in JSON; none when it is missing.
  @SuppressWarnings("unchecked") // a mapping's value is a map by names
  public Map<String, @Nullable Object> object(String name) {
    YamlNode node = byName.get(name);
    if (node == null) {
      return Map.of();
    }
    YamlFields _ = node.fields(name);
    return node.value() instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }
}
