package dev.penstock.server.pages;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.server.view.Scatter;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The page of a flow: how its runs have gone, and what runs it.
public final class FlowPage {
  /// The address of a flow's page; names hold any character.
  public static String url(String flow) {
    return "/flow?name=" + Urls.encode(flow);
  }

  private static final int LOOKED_AT = 200;
  private static final int ROWS = 12;
  private static final Set<StateName> BAD =
      Set.of(StateName.FAILED, StateName.TIMED_OUT, StateName.CRASHED);

  private final Site site;

  FlowPage(Site site) {
    this.site = site;
  }

  /// A deployment of the flow.
  ///
  /// @param next its next tick; null for none
  public record Row(Deployment deployment, @Nullable Instant next) {}

  /// How its runs have gone.
  ///
  /// @param group of the colour, with the shape
  /// @param words what comes first on the page
  /// @param usually how long those took that completed, the median; null for none
  public record Verdict(String group, String shape, String words, @Nullable Duration usually) {
    static Verdict of(List<FlowRun> runs) {
      List<FlowRun> over = runs.stream().filter(run -> run.state().type().isFinal()).toList();
      long row = over.stream().takeWhile(Verdict::bad).count();
      long failed = over.stream().filter(Verdict::bad).count();
      if (over.isEmpty()) {
        return new Verdict("idle", "pending", "No run of it is over yet", null);
      }
      if (row > 0) {
        return new Verdict(
            "bad",
            "failed",
            row == 1 ? "Its last run failed" : "Its last " + row + " runs failed",
            usually(over));
      }
      return new Verdict(
          "ok",
          "completed",
          over.size() == 1
              ? "Its only run so far did not fail"
              : (failed == 0 ? "None" : failed) + " of its last " + over.size() + " runs failed",
          usually(over));
    }

    private static boolean bad(FlowRun run) {
      return BAD.contains(run.state().name());
    }

    private static @Nullable Duration usually(List<FlowRun> over) {
      List<Duration> lengths =
          over.stream()
              .filter(run -> run.state().type() == StateType.COMPLETED)
              .flatMap(run -> length(run.times()).stream())
              .sorted()
              .toList();
      return lengths.isEmpty() ? null : lengths.get(lengths.size() / 2);
    }

    private static List<Duration> length(FlowRun.Times times) {
      return times.started() == null || times.ended() == null
          ? List.of()
          : List.of(Duration.between(times.started(), times.ended()));
    }
  }

  Answer show(Request request) {
    String flow = request.query().first("name").orElse("");
    RunFilter its = RunFilter.ALL.ofFlow(flow);
    List<FlowRun> runs = site.store().flowRuns().list(its, Page.first(LOOKED_AT));
    List<Row> deployments =
        site.store().deployments().list().stream()
            .filter(each -> each.flow().equals(flow))
            .map(each -> new Row(each, DeploymentSchedules.next(site.store(), each).orElse(null)))
            .toList();
    if (runs.isEmpty() && deployments.isEmpty()) {
      throw Refused.notFound(
          "no flow \"" + flow + "\" has run or is deployed; its runs may have been deleted");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("flow", flow);
    values.put("verdict", Verdict.of(runs));
    values.put("runs", runs.subList(0, Math.min(ROWS, runs.size())));
    values.put("scatter", Scatter.of(runs, null, null, site.words(request.viewer())));
    values.put("deployments", deployments);
    Shell shell =
        site.shell(
            request,
            flow,
            "flows",
            List.of(new Shell.Crumb("Flows", "/flows"), new Shell.Crumb(flow, "")));
    return site.page("flow", shell, values);
  }
}
