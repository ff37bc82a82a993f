package dev.penstock.flow;

import dev.penstock.flow.TaskFunctions.Run1;
import java.time.Duration;
import java.util.Optional;

/// A flow as a value, for those who would not have an annotation: a field of a program, which is
/// run, served and deployed as a method with [Flow] is.
///
/// ```java
/// record Month(@Default("yellow") String color, YearMonth month) {}
///
/// final FlowDefinition<Month> ingest = flow("ingest", Month.class, this::ingest).retries(2, Duration.ofMinutes(1));
/// ```
///
/// A value, unchanged by its settings.
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

  Class<P> parameters() {
    return parameters;
  }

  void run(Object values) throws Exception {
    body.run(parameters.cast(values));
  }
}
