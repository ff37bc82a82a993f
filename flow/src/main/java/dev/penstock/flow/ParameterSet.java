package dev.penstock.flow;

import dev.penstock.data.DidYouMean;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The parameters that a method or a record takes. A parameter may be of any type that
/// [dev.penstock.data.ParameterParser] knows, a record, or a `List`, `Set`, `Map` or `Optional` of
/// these. It is required unless it has a [Default], is an `Optional`, or is `@Nullable`. A name may
/// also be given as `max-rows` or `max_rows` where `maxRows` is declared.
///
/// Immutable.
public final class ParameterSet {
  private final List<ParameterSpec> specs;

  private ParameterSet(List<ParameterSpec> specs) {
    this.specs = specs;
  }

  private record Declared(String name, AnnotatedElement element, AnnotatedType type) {}

  /// Those of a method.
  ///
  /// @param names what the parameters are called; asked only when the class file does not say
  /// @throws IllegalArgumentException naming every parameter whose type or default will not do
  public static ParameterSet of(Method method, Supplier<List<String>> names) {
    Parameter[] parameters = method.getParameters();
    List<String> known =
        Arrays.stream(parameters).allMatch(Parameter::isNamePresent)
            ? Arrays.stream(parameters).map(Parameter::getName).toList()
            : names.get();
    if (known.size() != parameters.length) {
      throw new IllegalArgumentException(
          method.getName() + " takes " + parameters.length + " parameters, but names are " + known);
    }
    List<Declared> declared = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      declared.add(new Declared(known.get(i), parameters[i], parameters[i].getAnnotatedType()));
    }
    return of(
        "flow method " + method.getName() + " cannot take its parameters",
        declared,
        Nesting.PARAMETERS);
  }

  /// Those of a record: its components.
  ///
  /// @throws IllegalArgumentException naming every component whose type or default will not do
  public static ParameterSet ofRecord(Class<?> record) {
    return ofRecord(record, Nesting.PARAMETERS);
  }

  static ParameterSet ofRecord(Class<?> record, Nesting around) {
    String name = record.getSimpleName();
    RecordComponent[] components = record.getRecordComponents();
    if (components == null) {
      throw new IllegalArgumentException(record.getName() + " is not a record");
    }
    Nesting within = around.within(record);
    List<Declared> declared =
        Arrays.stream(components)
            .map(part -> new Declared(within.name(part.getName()), part, part.getAnnotatedType()))
            .toList();
    return of("record " + name + " cannot hold parameters", declared, within);
  }

  private static ParameterSet of(String refusal, List<Declared> declared, Nesting within) {
    List<ParameterSpec> specs = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Declared one : declared) {
      try {
        specs.add(ParameterSpec.of(one.name(), one.element(), one.type(), within));
      } catch (IllegalArgumentException e) {
        faults.add(String.valueOf(e.getMessage()));
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(refusal + ":\n  " + String.join("\n  ", faults));
    }
    return new ParameterSet(List.copyOf(specs));
  }

  /// The names of those that are of this record.
  List<String> of(Class<? extends Record> record) {
    return specs.stream()
        .filter(spec -> spec.type() instanceof NestedType nested && nested.record() == record)
        .map(ParameterSpec::name)
        .toList();
  }

  /// In the order of their declaration.
  public List<String> names() {
    return specs.stream().map(ParameterSpec::name).toList();
  }

  /// The values of texts, in the order of the declaration.
  ///
  /// @param texts by name, as `--param` gives them
  /// @throws ParametersRefused with every parameter that is unknown, missing or ill-typed
  public @Nullable Object[] bind(Map<String, String> texts) {
    return bind(new GivenParameters(texts, List.of()));
  }

  /// The same, with what could not even be read.
  ///
  /// @throws ParametersRefused with every parameter that is unknown, missing or ill-typed
  public @Nullable Object[] bind(GivenParameters given) {
    return bind(given.texts(), true, told(given));
  }

  /// The values of JSON, in the order of the declaration.
  ///
  /// @param json by name; as [JsonTree] reads it
  /// @throws ParametersRefused with every parameter that is unknown, missing or ill-typed
  public @Nullable Object[] bindJson(Map<String, ? extends @Nullable Object> json) {
    return bind(json, false, new ArrayList<>());
  }

  private static List<Place.Problem> told(GivenParameters given) {
    List<Place.Problem> problems = new ArrayList<>();
    given.problems().forEach(problem -> problems.add(new Place.Problem("", problem)));
    return problems;
  }

  private @Nullable Object[] bind(Map<?, ?> given, boolean texts, List<Place.Problem> problems) {
    @Nullable Object[] values = values(given, texts, new Place("", problems));
    if (!problems.isEmpty()) {
      throw refused(problems.stream().map(Place.Problem::told).toList());
    }
    return values;
  }

  /// The values of a JSON object within others.
  @Nullable Object[] values(Map<?, ?> json, Place at) {
    return values(json, false, at);
  }

  private @Nullable Object[] values(Map<?, ?> given, boolean texts, Place at) {
    Map<ParameterSpec, Optional<Object>> found = found(given, at);
    @Nullable Object[] values = new @Nullable Object[specs.size()];
    for (int i = 0; i < values.length; i++) {
      ParameterSpec spec = specs.get(i);
      Optional<Object> value = found.get(spec);
      Place place = at.part(spec.name());
      if (value != null) {
        values[i] = spec.value(value.orElse(null), texts, place);
      } else if (spec.required()) {
        place.problem(" is missing (" + spec.type().name() + ")");
      } else {
        values[i] = spec.absent(place);
      }
    }
    return values;
  }

  /// What was given for each parameter; empty for JSON's null.
  private Map<ParameterSpec, Optional<Object>> found(Map<?, ?> given, Place at) {
    Map<ParameterSpec, Optional<Object>> found = new LinkedHashMap<>();
    given.forEach((key, value) -> {
      String name = String.valueOf(key);
      Optional<ParameterSpec> spec = named(name);
      if (spec.isEmpty()) {
        at.part(name).problem(" is unknown" + DidYouMean.hint(name, names()));
      } else if (found.put(spec.get(), Optional.ofNullable(value)) != null) {
        at.part(spec.get().name()).problem(" is given twice");
      }
    });
    return found;
  }

  /// Looks at the names in a JSON object, and in those within it, and at nothing else.
  void checkNames(Map<?, ?> json, Place at) {
    found(json, at)
        .forEach((spec, value) -> {
          if (spec.type() instanceof NestedType nested
              && value.orElse(null) instanceof Map<?, ?> object) {
            nested.parts().checkNames(object, at.part(spec.name()));
          }
        });
  }

  private Optional<ParameterSpec> named(String name) {
    return specs.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .or(() -> specs.stream().filter(spec -> fold(spec.name()).equals(fold(name))).findFirst());
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /// The JSON of texts, of those only that are given: what is missing may come later.
  ///
  /// @throws ParametersRefused with every parameter that is unknown or ill-typed
  public Map<String, @Nullable Object> some(GivenParameters given) {
    return some(given.texts(), true, told(given));
  }

  /// The same of JSON.
  ///
  /// @throws ParametersRefused with every parameter that is unknown or ill-typed
  public Map<String, @Nullable Object> someJson(Map<String, ? extends @Nullable Object> json) {
    return some(json, false, new ArrayList<>());
  }

  private Map<String, @Nullable Object> some(
      Map<?, ?> given, boolean texts, List<Place.Problem> problems) {
    Place at = new Place("", problems);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    found(given, at)
        .forEach((spec, value) -> {
          int before = problems.size();
          @Nullable Object read = spec.value(value.orElse(null), texts, at.part(spec.name()));
          if (problems.size() == before) {
            json.put(spec.name(), spec.toJson(read));
          }
        });
    if (!problems.isEmpty()) {
      throw refused(problems.stream().map(Place.Problem::told).toList());
    }
    return json;
  }

  /// The names of those that must be given.
  public List<String> required() {
    return specs.stream().filter(ParameterSpec::required).map(ParameterSpec::name).toList();
  }

  /// The JSON that [#bindJson] makes these values of.
  ///
  /// @throws IllegalArgumentException when one holds a secret
  public Map<String, @Nullable Object> toJson(@Nullable Object[] values) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      json.put(specs.get(i).name(), specs.get(i).toJson(values[i]));
    }
    return json;
  }

  /// A JSON Schema (2020-12) of what [#bindJson] takes.
  public Map<String, Object> jsonSchema() {
    SchemaDefinitions definitions = new SchemaDefinitions();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.putAll(objectSchema(definitions));
    if (!definitions.schemas().isEmpty()) {
      schema.put("$defs", definitions.schemas());
    }
    return schema;
  }

  Map<String, Object> objectSchema(SchemaDefinitions definitions) {
    Map<String, Object> properties = new LinkedHashMap<>();
    specs.forEach(spec -> properties.put(spec.name(), spec.schema(definitions)));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required());
    schema.put("additionalProperties", false);
    return schema;
  }

  ParametersRefused refused(List<String> problems) {
    return new ParametersRefused(problems, taken());
  }

  /// What can be given, for people: a line for each parameter.
  private String taken() {
    if (specs.isEmpty()) {
      return "There are no parameters.";
    }
    int names = specs.stream().mapToInt(spec -> spec.name().length()).max().orElse(0);
    int types = specs.stream().mapToInt(spec -> spec.type().name().length()).max().orElse(0);
    String format = "  %-" + names + "s  %-" + types + "s  %s";
    return specs.stream()
        .map(spec -> format.formatted(spec.name(), spec.type().name(), spec.note()))
        .collect(Collectors.joining("\n", "The parameters:\n", ""));
  }
}
