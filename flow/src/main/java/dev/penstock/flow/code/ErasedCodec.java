package dev.penstock.flow.code;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps values whose type nobody declared, as those of a lambda, with their class: `{"class":
/// "my.Trip", "value": {…}}`. A class is found by the loader of the thread that reads, and must be
/// one whose values can be told by it alone: a record, an enum, a text, a number, a date; or a
/// list, set, map or `Optional` of such.
final class ErasedCodec extends ValueCodec {
  private static final String CLASS = "class";
  private static final String VALUE = "value";

  private final JsonMapper mapper = ValueFormat.MAPPER;
  private final @Nullable FileStore files;

  ErasedCodec(JavaType type, @Nullable FileStore files) {
    super(type, files);
    this.files = files;
  }

  @Override
  public String write(@Nullable Object value) {
    return mapper.writeValueAsString(tree(value));
  }

  private JsonNode tree(@Nullable Object value) {
    return switch (value) {
      case null -> mapper.nullNode();
      case Optional<?> maybe -> node(Optional.class, tree(maybe.orElse(null)));
      case List<?> list -> node(List.class, array(list));
      case Set<?> set -> node(Set.class, sorted(array(set)));
      case Map<?, ?> map -> node(Map.class, object(map));
      default -> node(classOf(value), parsed(codec(classOf(value)).write(value)));
    };
  }

  private JsonNode node(Class<?> type, JsonNode value) {
    return mapper.createObjectNode().put(CLASS, type.getName()).set(VALUE, value);
  }

  private ArrayNode array(Collection<?> values) {
    ArrayNode array = mapper.createArrayNode();
    for (@Nullable Object value : values) {
      array.add(tree(value));
    }
    return array;
  }

  private ArrayNode sorted(ArrayNode array) {
    TreeMap<String, JsonNode> byText = new TreeMap<>();
    array.forEach(node -> byText.put(node.toString(), node));
    return mapper.createArrayNode().addAll(byText.values());
  }

  private ObjectNode object(Map<?, ?> map) {
    TreeMap<String, JsonNode> byKey = new TreeMap<>();
    map.forEach((key, value) -> {
      if (!(key instanceof String name)) {
        throw new NotReplayable(
            "a map with a key that is no String, "
                + key
                + ", cannot be kept for a replay where its type is not declared: make the task a"
                + " method, and refer to it as in this::extract");
      }
      byKey.put(name, tree(value));
    });
    ObjectNode object = mapper.createObjectNode();
    byKey.forEach(object::set);
    return object;
  }

  private static Class<?> classOf(Object value) {
    return switch (value) {
      case Path _ -> Path.class;
      case Enum<?> constant -> constant.getDeclaringClass();
      case java.time.ZoneId _ -> java.time.ZoneId.class;
      default -> value.getClass();
    };
  }

  private ValueCodec codec(Class<?> type) {
    if (!Storable.isPlain(type) && type != Path.class && type != byte[].class) {
      throw new NotReplayable(
          "a "
              + type.getSimpleName()
              + " cannot be kept for a replay where its type is not declared: make the task a"
              + " method, and refer to it as in this::extract, or hand on a record");
    }
    return files == null ? ValueCodec.of(type) : ValueCodec.of(type, files);
  }

  @Override
  public @Nullable Object read(String json) {
    return value(parsed(json));
  }

  private JsonNode parsed(String json) {
    try {
      return mapper.readTree(json);
    } catch (JacksonException e) {
      throw new NotReplayable("a kept value is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private @Nullable Object value(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    JsonNode value = node.path(VALUE);
    String type = node.path(CLASS).asString("");
    return switch (type) {
      case "java.util.Optional" -> Optional.ofNullable(value(value));
      case "java.util.List" -> Collections.unmodifiableList(elements(value));
      case "java.util.Set" -> Collections.unmodifiableSet(new LinkedHashSet<>(elements(value)));
      case "java.util.Map" -> entries(value);
      default -> codec(load(type)).read(value.toString());
    };
  }

  private List<@Nullable Object> elements(JsonNode array) {
    List<@Nullable Object> elements = new ArrayList<>();
    array.forEach(node -> elements.add(value(node)));
    return elements;
  }

  private Map<String, @Nullable Object> entries(JsonNode object) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    object.properties().forEach(entry -> entries.put(entry.getKey(), value(entry.getValue())));
    return Collections.unmodifiableMap(entries);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new NotReplayable(
          "a kept value is of class \"" + name + "\", which this program does not have", e);
    }
  }

  @Override
  boolean comparedByJson(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Optional<?> maybe -> comparedByJson(maybe.orElse(null));
      case Collection<?> values -> values.stream().anyMatch(this::comparedByJson);
      case Map<?, ?> map -> map.values().stream().anyMatch(this::comparedByJson);
      default -> codec(classOf(value)).comparedByJson(value);
    };
  }
}
