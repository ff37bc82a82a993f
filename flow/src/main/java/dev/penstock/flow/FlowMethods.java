package dev.penstock.flow;

import dev.penstock.data.ParameterParser;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the flows of a class: its methods with `@Flow`, and its fields that are a
/// [FlowDefinition].
public final class FlowMethods {
  private FlowMethods() {}

  /// All flows of a class, which may be that of a compact source file, by the names of their
  /// methods.
  ///
  /// @throws FlowRefused with everything that is wrong with them
  public static List<FlowMethod> of(Class<?> type) {
    List<String> problems = new ArrayList<>();
    Map<String, FlowMethod> flows = new LinkedHashMap<>();
    Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Flow.class) && !method.isSynthetic())
        .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
        .forEach(method -> {
          try {
            FlowMethod flow = flow(method, method.getAnnotation(Flow.class));
            FlowMethod other = flows.putIfAbsent(flow.name(), flow);
            if (other != null) {
              problems.add("two flows have the name \"" + flow.name() + "\"");
            }
          } catch (IllegalArgumentException e) {
            problems.add("@Flow " + method.getName() + ": " + e.getMessage());
          }
        });
    for (FlowMethod flow : definitions(type)) {
      if (flows.putIfAbsent(flow.name(), flow) != null) {
        problems.add("two flows have the name \"" + flow.name() + "\"");
      }
    }
    if (!problems.isEmpty()) {
      throw new FlowRefused(type, problems);
    }
    return List.copyOf(flows.values());
  }

  /// A class is only made an instance of, or initialized, when it has such fields.
  private static List<FlowMethod> definitions(Class<?> type) {
    List<FlowMethod> found = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (field.getType() == FlowDefinition.class) {
        found.add(MethodProgram.definition(field, null).of(field));
      }
    }
    found.sort(Comparator.comparing(FlowMethod::name));
    return found;
  }

  private static FlowMethod flow(Method method, Flow flow) {
    ParameterSet parameters = ParameterSet.of(method, () -> SourceNames.of(method));
    return new FlowMethod(
        flow.value().isBlank() ? method.getName() : flow.value(),
        flow.description(),
        method,
        parameters,
        settings(flow));
  }

  private static FlowMethod.Settings settings(Flow flow) {
    return new FlowMethod.Settings(
        text(flow.version()),
        flow.retries(),
        duration("retryDelay", flow.retryDelay()),
        text(flow.timeout()).map(timeout -> duration("timeout", timeout)),
        flow.logPrints() || LocalRuntime.logPrints());
  }

  private static Optional<String> text(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  private static Duration duration(String name, String text) {
    try {
      return (Duration) ParameterParser.parse(text, Duration.class);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }
}
