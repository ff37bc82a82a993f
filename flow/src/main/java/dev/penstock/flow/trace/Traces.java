package dev.penstock.flow.trace;

import java.util.Map;
import java.util.function.Consumer;

/// Where what has ended is told for traces: each flow run is one, with its tasks as spans. Safe for
/// use by several threads; ends when it is closed.
public interface Traces extends AutoCloseable {
  /// Told nowhere.
  Traces NONE = new Nowhere();

  /// Where the variables of OpenTelemetry say: `OTEL_EXPORTER_OTLP_ENDPOINT` and those beside it.
  ///
  /// @param console told when spans cannot be sent
  static Traces of(Map<String, String> environment, Consumer<String> console) {
    return OtlpEndpoint.of(environment)
        .<Traces>map(endpoint -> new OtlpTraces(endpoint, console))
        .orElse(NONE);
  }

  /// Whether anybody wants to know.
  boolean wanted();

  void ended(Span span);

  /// Sends what is left, for a moment.
  @Override
  void close();

  /// Wants nothing.
  record Nowhere() implements Traces {
    @Override
    public boolean wanted() {
      return false;
    }

    @Override
    public void ended(Span span) {}

    @Override
    public void close() {}
  }
}
