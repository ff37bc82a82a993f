package dev.penstock.server.view;

import dev.penstock.flow.PipelineFigures;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which tasks of a run came after which: an arrow leads from a task to those that began when it
/// had ended, unless there was another between them. Flows are code, so what comes next is not
/// known.
///
/// @param width of the drawing
/// @param open where the line to what comes next begins; null for a run that is over
/// @param more how many task runs are not drawn
public record Graph(
    List<Node> nodes, List<Edge> edges, int width, int height, @Nullable Point open, int more) {
  private static final int NODE_WIDTH = 192;
  private static final int NODE_HEIGHT = 48;
  private static final int ACROSS = NODE_WIDTH + 48;
  private static final int DOWN = NODE_HEIGHT + 16;
  private static final int MARGIN = 24;
  private static final int MOST = 100;

  /// Behind a column of this many, all arrows would be a tangle.
  private static final int MOST_ARROWS = 300;

  private static final int LONGEST_NAME = 20;

  /// A place in the drawing.
  public record Point(int x, int y) {}

  /// A task run.
  ///
  /// @param detail below its name
  public record Node(TaskRun task, String name, String detail, int x, int y) {}

  /// An arrow, as an SVG path.
  public record Edge(String path) {}

  /// A task run and when it was at work.
  private record Stay(TaskLine line, Instant from, Instant to) {
    boolean before(Stay other) {
      return !to.isAfter(other.from);
    }
  }

  /// Of the tasks of a run itself; those of its subflows are theirs.
  public static Graph of(List<TaskLine> lines, int left, boolean over, Instant now) {
    List<Stay> stays =
        lines.stream()
            .filter(line -> line.depth() == 0)
            .map(line -> stay(line, now))
            .sorted((a, b) -> a.from.compareTo(b.from))
            .toList();
    List<Stay> drawn = stays.subList(0, Math.min(MOST, stays.size()));
    int[] columns = columns(drawn);
    List<Node> nodes = new ArrayList<>();
    List<Integer> heights = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      while (heights.size() <= columns[i]) {
        heights.add(0);
      }
      int row = heights.get(columns[i]);
      heights.set(columns[i], row + 1);
      TaskLine line = drawn.get(i).line();
      nodes.add(
          new Node(
              line.task(),
              shortened(line.task().key().task()),
              detail(drawn.get(i), now),
              MARGIN + columns[i] * ACROSS,
              MARGIN + row * DOWN));
    }
    int rows = heights.stream().mapToInt(Integer::intValue).max().orElse(0);
    int last = MARGIN + heights.size() * ACROSS - 48;
    return new Graph(
        List.copyOf(nodes),
        edges(drawn, nodes),
        last + (over ? MARGIN : 240),
        2 * MARGIN + rows * DOWN - 16,
        over || nodes.isEmpty() ? null : new Point(last, MARGIN + NODE_HEIGHT / 2),
        left + stays.size() - drawn.size());
  }

  private static Stay stay(TaskLine line, Instant now) {
    Instant from = line.task().times().created();
    Instant to = line.task().times().ended() == null ? now : line.task().times().ended();
    return new Stay(line, from, to.isBefore(from) ? from : to);
  }

  /// The length of the longest way to each.
  private static int[] columns(List<Stay> stays) {
    int[] columns = new int[stays.size()];
    for (int i = 0; i < stays.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (stays.get(j).before(stays.get(i))) {
          columns[i] = Math.max(columns[i], columns[j] + 1);
        }
      }
    }
    return columns;
  }

  private static List<Edge> edges(List<Stay> stays, List<Node> nodes) {
    List<Edge> edges = new ArrayList<>();
    for (int to = 0; to < stays.size(); to++) {
      for (int from = 0; from < to; from++) {
        if (stays.get(from).before(stays.get(to)) && !isBetween(stays, from, to)) {
          edges.add(edge(nodes.get(from), nodes.get(to)));
        }
      }
    }
    return edges.size() > MOST_ARROWS ? List.of() : List.copyOf(edges);
  }

  private static boolean isBetween(List<Stay> stays, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (stays.get(from).before(stays.get(i)) && stays.get(i).before(stays.get(to))) {
        return true;
      }
    }
    return false;
  }

  private static Edge edge(Node from, Node to) {
    int x = from.x() + NODE_WIDTH;
    int y = from.y() + NODE_HEIGHT / 2;
    int end = to.x() - 6;
    int at = to.y() + NODE_HEIGHT / 2;
    int bend = Math.min(24, (end - x) / 2);
    return new Edge(
        y == at
            ? "M%d %dH%d".formatted(x, y, end)
            : "M%d %dC%d %d %d %d %d %d"
                .formatted(x, y, end - bend + 4, y, end - bend - 12, at, end, at));
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static String detail(Stay stay, Instant now) {
    TaskRun task = stay.line().task();
    String length = Words.duration(Duration.between(stay.from(), stay.to()));
    if (task.state().name() == StateName.AWAITING_CONCURRENCY_SLOT) {
      return shortened("waits for " + String.join(", ", task.tags()));
    }
    if (task.key().child() != null) {
      return "subflow, " + length;
    }
    if (task.summary() != null) {
      return PipelineFigures.read(task.summary())
          .map(figures -> "pipeline, " + Words.count(figures.in()) + " records")
          .orElse("pipeline");
    }
    if (task.state().type() == StateType.SCHEDULED && task.due() != null) {
      return "again in " + Words.duration(Duration.between(now, task.due()));
    }
    return task.attempt() > 1 ? task.attempt() + " attempts, " + length : length;
  }
}
