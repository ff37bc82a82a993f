package dev.penstock.flow.trace;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where spans are sent to, by OTLP over HTTP with JSON.
///
/// @param headers sent with them, such as a key
/// @param service what this process calls itself
record OtlpEndpoint(URI url, Map<String, String> headers, String service) {
  private static final String PREFIX = "OTEL_EXPORTER_OTLP_";

  /// The one that the variables of OpenTelemetry name, if any.
  static Optional<OtlpEndpoint> of(Map<String, String> environment) {
    String exact = environment.getOrDefault(PREFIX + "TRACES_ENDPOINT", "").strip();
    String base = environment.getOrDefault(PREFIX + "ENDPOINT", "").strip();
    if (exact.isEmpty() && base.isEmpty()) {
      return Optional.empty();
    }
    String url = exact.isEmpty() ? base.replaceFirst("/+$", "") + "/v1/traces" : exact;
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : environment.getOrDefault(PREFIX + "HEADERS", "").split(",")) {
      int equals = header.indexOf('=');
      if (equals > 0) {
        headers.put(
            header.substring(0, equals).strip(),
            URLDecoder.decode(header.substring(equals + 1).strip(), StandardCharsets.UTF_8));
      }
    }
    String service = environment.getOrDefault("OTEL_SERVICE_NAME", "").strip();
    return Optional.of(
        new OtlpEndpoint(
            URI.create(url), Map.copyOf(headers), service.isEmpty() ? "penstock" : service));
  }
}
