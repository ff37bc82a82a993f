package dev.penstock.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The schemas of the records that a schema refers to, each once: its `$defs`.
final class SchemaDefinitions {
  private final Map<Class<?>, String> names = new LinkedHashMap<>();
  private final Map<String, Object> schemas = new LinkedHashMap<>();

  Map<String, Object> reference(Class<?> record, Supplier<Map<String, Object>> schema) {
    String name = names.get(record);
    if (name == null) {
      name = free(record.getSimpleName());
      names.put(record, name);
      schemas.put(name, schema.get());
    }
    Map<String, Object> reference = new LinkedHashMap<>();
    reference.put("$ref", "#/$defs/" + name);
    return reference;
  }

  private String free(String name) {
    String free = name;
    for (int i = 2; names.containsValue(free); i++) {
      free = name + i;
    }
    return free;
  }

  Map<String, Object> schemas() {
    return schemas;
  }
}
