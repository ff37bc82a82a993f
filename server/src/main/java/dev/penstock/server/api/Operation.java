package dev.penstock.server.api;

import dev.penstock.server.web.Route;
import java.util.List;

/// Something that the API does: a route, and what its document says of it.
///
/// @param id a name that no other has: `listFlowRuns`
/// @param summary on a line
/// @param query parameters of the query
/// @param body what may be sent; empty for nothing
/// @param answer the name of the schema of what comes back
/// @param status of a good answer
record Operation(
    Route route,
    String id,
    String summary,
    List<Parameter> query,
    List<Parameter> body,
    String answer,
    int status) {

  /// A parameter of the query, or a member of the body.
  ///
  /// @param type of JSON: `string`, `integer`, `object`, `array`
  record Parameter(String name, String type, String description) {}
}
