package dev.penstock.flow.trace;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A flow run or a task run that has ended.
///
/// @param failure why it failed; null when it did not
/// @param attributes what else there is to know of it
/// @param links spans of other traces: the subflow of a task, the caller of a subflow
public record Span(
    SpanPlace place,
    String name,
    Instant began,
    Instant ended,
    @Nullable String failure,
    Map<String, String> attributes,
    List<SpanPlace> links) {}
