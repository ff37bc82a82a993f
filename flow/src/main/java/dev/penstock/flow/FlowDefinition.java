package dev.penstock.flow;

import dev.penstock.flow.TaskFunctions.Run1;
import dev.penstock.flow.code.CodeVersion;
import dev.penstock.flow.code.MethodReference;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A flow as a value, for those who would not have an annotation: a field of a program, which is
/// run, served and deployed as a method with [Flow] is.
///
/// ```java
/// record Month(@Default("yellow") String color, YearMonth month) {}
///
/// final FlowDefinition<Month> ingest = flow("ingest", Month.class, this::ingest).retries(2, Duration.ofMinutes(1));
/// ```
///
/// A flow calls another by `subflow(ingest, new Month("green", month))`. It keeps no result: what
/// returns one is a method with [Flow]. A value, unchanged by its settings.
///
/// @param <P> the record of its parameters
public final class FlowDefinition<P extends Record> {
  private final String name;
  private final String description;
  private final Class<P> parameters;
  private final Run1<P> body;
  private final FlowMethod.Settings settings;

  FlowDefinition(String name, Class<P> parameters, Run1<P> body) {
    this(
        name,
        "",
        parameters,
        body,
        new FlowMethod.Settings(
            Optional.empty(), 0, Duration.ZERO, Optional.empty(), LocalRuntime.logPrints()));
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a flow must not be blank");
    }
    Method method = MethodReference.of(body).method();
    if (method.getReturnType() != void.class) {
      throw new IllegalArgumentException(
          "flow \""
              + name
              + "\" keeps no result, and "
              + method.getName()
              + " returns "
              + method.getReturnType().getSimpleName()
              + ": put @Flow on it, or let its tasks return what is needed");
    }
  }

  private FlowDefinition(
      String name,
      String description,
      Class<P> parameters,
      Run1<P> body,
      FlowMethod.Settings settings) {
    this.name = name;
    this.description = description;
    this.parameters = parameters;
    this.body = body;
    this.settings = settings;
  }

  /// What it does, for people.
  public FlowDefinition<P> description(String text) {
    return new FlowDefinition<>(name, text, parameters, body, settings);
  }

  /// Of the code, in place of what is worked out from it.
  public FlowDefinition<P> version(String version) {
    return with(
        new FlowMethod.Settings(
            Optional.of(version),
            settings.retries(),
            settings.retryDelay(),
            settings.timeout(),
            settings.logPrints()));
  }

  /// Run again after a failure, so often, after this delay.
  public FlowDefinition<P> retries(int times, Duration delay) {
    return with(
        new FlowMethod.Settings(
            settings.version(), times, delay, settings.timeout(), settings.logPrints()));
  }

  /// Interrupted when one try takes longer.
  public FlowDefinition<P> timeout(Duration timeout) {
    return with(
        new FlowMethod.Settings(
            settings.version(),
            settings.retries(),
            settings.retryDelay(),
            Optional.of(timeout),
            settings.logPrints()));
  }

  /// What it prints to `System.out` goes to its log.
  public FlowDefinition<P> logPrints() {
    return with(
        new FlowMethod.Settings(
            settings.version(),
            settings.retries(),
            settings.retryDelay(),
            settings.timeout(),
            true));
  }

  private FlowDefinition<P> with(FlowMethod.Settings changed) {
    return new FlowDefinition<>(name, description, parameters, body, changed);
  }

  FlowMethod of(java.lang.reflect.Field field) {
    return new FlowMethod(name, description, field, ParameterSet.ofRecord(parameters), settings);
  }

  String name() {
    return name;
  }

  FlowMethod.Settings settings() {
    return settings;
  }

  ParameterSet parameterSet() {
    return ParameterSet.ofRecord(parameters);
  }

  /// Of its code.
  String version() {
    return settings
        .version()
        .orElseGet(() -> CodeVersion.of(MethodReference.of(body).method().getDeclaringClass()));
  }

  /// These parameters as JSON.
  String toJson(P values) {
    return JsonTree.write(parameterSet().toJson(RecordMaker.of(parameters).parts(values)));
  }

  void run(@Nullable Object[] values) throws Exception {
    body.run(parameters.cast(RecordMaker.of(parameters).make(values)));
  }
}
