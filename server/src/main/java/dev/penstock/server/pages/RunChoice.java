package dev.penstock.server.pages;

import dev.penstock.server.view.Zoom;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What of a run is wanted, as an address says it.
///
/// @param task the id of the task run whose pipeline is wanted; empty for the longest running
/// @param graph whether tasks are drawn as a graph, not on a timeline
/// @param zoom of the timeline
/// @param unfolded the name of tasks that do not share a row; empty for none
public record RunChoice(String task, boolean graph, Zoom zoom, String unfolded) {
  private static final Pattern ZOOM = Pattern.compile("(\\d{1,15})-(\\d{1,15})");

  static RunChoice of(Fields query) {
    return new RunChoice(
        query.first("task").orElse(""),
        query.first("view").filter("graph"::equals).isPresent(),
        query.first("zoom").map(RunChoice::zoom).orElse(Zoom.ALL),
        query.first("unfold").orElse(""));
  }

  private static Zoom zoom(String text) {
    Matcher parts = ZOOM.matcher(text);
    if (!parts.matches()) {
      throw Refused.badField(
          "zoom",
          "\""
              + text
              + "\" is no part of a time: write milliseconds from the beginning, such as 0-5000");
    }
    return new Zoom(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
  }

  public RunChoice on(Zoom other) {
    return new RunChoice(task, graph, other, unfolded);
  }

  public RunChoice as(boolean drawnAsGraph) {
    return new RunChoice(task, drawnAsGraph, zoom, unfolded);
  }

  /// The same with the tasks of a name in rows of their own; of none when it is empty.
  public RunChoice unfolding(String name) {
    return new RunChoice(task, graph, zoom, name);
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
      parts.add("zoom=" + zoom.address());
    }
    if (!unfolded.isEmpty()) {
      parts.add("unfold=" + URLEncoder.encode(unfolded, StandardCharsets.UTF_8));
    }
    return String.join("&", parts);
  }
}
