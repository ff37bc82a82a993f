package dev.penstock.flow.trace;

import dev.penstock.flow.code.WireFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Spans as OTLP writes them in JSON.
final class OtlpJson {
  private static final int INTERNAL = 1;
  private static final int OK = 1;
  private static final int ERROR = 2;

  private OtlpJson() {}

  static String of(String service, List<Span> spans) {
    Map<String, Object> scope =
        Map.of(
            "scope", Map.of("name", "dev.penstock"),
            "spans", spans.stream().map(OtlpJson::span).toList());
    Map<String, Object> resource =
        Map.of("attributes", attributes(Map.of("service.name", service)));
    return WireFormat.write(
        Object.class,
        Map.of(
            "resourceSpans", List.of(Map.of("resource", resource, "scopeSpans", List.of(scope)))));
  }

  private static Map<String, Object> span(Span span) {
    SpanPlace place = span.place();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("traceId", place.trace());
    json.put("spanId", place.span());
    if (!place.path().isEmpty()) {
      json.put("parentSpanId", place.around().span());
    }
    json.put("name", span.name());
    json.put("kind", INTERNAL);
    json.put("startTimeUnixNano", nanos(span.began()));
    json.put("endTimeUnixNano", nanos(span.ended()));
    json.put("attributes", attributes(span.attributes()));
    json.put("links", span.links().stream().map(OtlpJson::link).toList());
    String failure = span.failure();
    json.put(
        "status", failure == null ? Map.of("code", OK) : Map.of("code", ERROR, "message", failure));
    return json;
  }

  private static Map<String, Object> link(SpanPlace place) {
    return Map.of("traceId", place.trace(), "spanId", place.span());
  }

  private static List<Map<String, Object>> attributes(Map<String, String> attributes) {
    List<Map<String, Object>> json = new ArrayList<>();
    attributes.forEach(
        (key, value) -> json.add(Map.of("key", key, "value", Map.of("stringValue", value))));
    return json;
  }

  private static String nanos(Instant at) {
    return at.getEpochSecond() + String.format("%09d", at.getNano());
  }
}
