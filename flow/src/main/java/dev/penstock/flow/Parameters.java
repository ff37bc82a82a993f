package dev.penstock.flow;

import dev.penstock.data.DidYouMean;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The parameters that a job takes, declared as the components of a record:
///
/// ```java
/// record Load(@Default("trips.parquet") String source, int limit, Optional<LocalDate> since) {}
/// ```
///
/// A parameter may be of any type that [dev.penstock.data.ParameterParser] knows, or a `List` of
/// one, its values separated by commas. It is required unless it has a [Default], is an `Optional`,
/// or is `@Nullable`. A name may also be given as `max-rows` or `max_rows` where `maxRows` is
/// declared.
///
/// @param <R> the record
public final class Parameters<R extends Record> {
  private final Class<R> record;
  private final List<ParameterSpec> specs;

  private Parameters(Class<R> record, List<ParameterSpec> specs) {
    this.record = record;
    this.specs = specs;
  }

  /// Those of a record.
  ///
  /// @throws IllegalArgumentException naming every component whose type or default will not do
  public static <R extends Record> Parameters<R> of(Class<R> record) {
    List<ParameterSpec> specs =
        Arrays.stream(record.getRecordComponents())
            .map(part -> ParameterSpec.of(part.getName(), part, part.getAnnotatedType()))
            .toList();
    List<String> faults = specs.stream().flatMap(spec -> fault(spec).stream()).toList();
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "record "
              + record.getSimpleName()
              + " cannot hold parameters:\n  "
              + String.join("\n  ", faults));
    }
    return new Parameters<>(record, specs);
  }

  private static Optional<String> fault(ParameterSpec spec) {
    if (!spec.supported()) {
      return Optional.of("\"" + spec.name() + "\": no text can be made a " + spec.typeName());
    }
    try {
      spec.absent();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("the default of \"" + spec.name() + "\": " + e.getMessage());
    }
  }

  /// A record of what was given.
  ///
  /// @throws ParametersRefused with every parameter that is unknown, missing or ill-typed
  public R bind(GivenParameters given) {
    List<String> problems = new ArrayList<>(given.problems());
    Map<ParameterSpec, String> texts = texts(given, problems);
    List<@Nullable Object> values = new ArrayList<>();
    for (ParameterSpec spec : specs) {
      values.add(value(spec, texts.get(spec), problems));
    }
    if (!problems.isEmpty()) {
      throw new ParametersRefused(problems, taken());
    }
    return make(values);
  }

  private Map<ParameterSpec, String> texts(GivenParameters given, List<String> problems) {
    Map<ParameterSpec, String> texts = new LinkedHashMap<>();
    List<String> names = specs.stream().map(ParameterSpec::name).toList();
    given
        .texts()
        .forEach((name, text) -> {
          Optional<ParameterSpec> spec = named(name);
          if (spec.isEmpty()) {
            problems.add("\"" + name + "\" is unknown" + DidYouMean.hint(name, names));
          } else if (texts.put(spec.get(), text) != null) {
            problems.add("\"" + spec.get().name() + "\" is given twice");
          }
        });
    return texts;
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

  private static @Nullable Object value(
      ParameterSpec spec, @Nullable String text, List<String> problems) {
    if (text == null) {
      if (spec.required()) {
        problems.add("\"" + spec.name() + "\" is missing (" + spec.typeName() + ")");
      }
      return spec.absent();
    }
    try {
      return spec.value(text);
    } catch (IllegalArgumentException e) {
      problems.add("\"" + spec.name() + "\": " + e.getMessage());
      return null;
    }
  }

  private R make(List<@Nullable Object> values) {
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refusal) { // the record checks its components
        throw new ParametersRefused(List.of(String.valueOf(refusal.getMessage())), taken());
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + record.getName(), e);
    }
  }

  /// What can be given, for people: a line for each parameter.
  private String taken() {
    if (specs.isEmpty()) {
      return "There are no parameters.";
    }
    int names = specs.stream().mapToInt(spec -> spec.name().length()).max().orElse(0);
    int types = specs.stream().mapToInt(spec -> spec.typeName().length()).max().orElse(0);
    String format = "  %-" + names + "s  %-" + types + "s  %s";
    return specs.stream()
        .map(spec -> format.formatted(spec.name(), spec.typeName(), spec.note()))
        .collect(Collectors.joining("\n", "The parameters:\n", ""));
  }
}
