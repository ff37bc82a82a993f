package dev.penstock.server.pages;

import dev.penstock.server.view.Zoom;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What of a run is wanted, as an address says it.
///
/// @param task the id of the task run whose pipeline is wanted; empty for the longest running
/// @param graph whether tasks are drawn as a graph, not on a timeline
/// @param zoom of the timeline
public record RunChoice(String task, boolean graph, Zoom zoom) {

  static RunChoice of(Fields query) {
    return new RunChoice(
        query.first("task").orElse(""),
        query.first("view").filter("graph"::equals).isPresent(),
        query.first("zoom").isEmpty()
            ? Zoom.ALL
            : new Zoom(
                (int) Math.clamp(RunPage.number("zoom", query.first("zoom").get()), 1, 1 << 20),
                share(query.first("at").orElse("0.5"))));
  }

  private static double share(String text) {
    try {
      double share = Double.parseDouble(text);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw Refused.badField("at", "\"" + text + "\" is no share: write a number from 0 to 1");
  }

  public RunChoice on(Zoom other) {
    return new RunChoice(task, graph, other);
  }

  public RunChoice as(boolean drawnAsGraph) {
    return new RunChoice(task, drawnAsGraph, zoom);
  }

  /// The same, as the query of an address.
  public String address() {
    List<String> parts = new ArrayList<>();
    if (!task.isEmpty()) {
      parts.add("task=" + URLEncoder.encode(task, StandardCharsets.UTF_8));
    }
    if (graph) {
      parts.add("view=graph");
    }
    if (!zoom.isAll()) {
      parts.add(zoom.address());
    }
    return String.join("&", parts);
  }
}
