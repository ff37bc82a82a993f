package dev.penstock.server.pages;

import dev.penstock.flow.store.RunSearch;
import dev.penstock.flow.store.WorkQueue;
import dev.penstock.flow.store.WorkerEntry;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The pages that list what there is: flows, pools.
final class Lists {
  /// More runs of a flow are `1,000+`.
  private static final int COUNTED = 1000;

  private final Site site;

  Lists(Site site) {
    this.site = site;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/flows", this::flows),
        Route.get("/flow", new FlowPage(site)::show),
        Route.get("/work-pools", this::pools),
        LivePage.of("/live/work-pools/events", this::pools));
  }

  private Answer page(Request request, String title, String section, Map<String, ?> values) {
    Shell shell = site.shell(request, title, section, List.of(new Shell.Crumb(title, "")));
    return site.page(section, shell, values);
  }

  private Answer flows(Request request) {
    List<RunSearch.KnownFlow> flows = site.store().search().flows(COUNTED);
    return page(request, "Flows", "flows", Map.of("flows", flows));
  }

  private Answer pools(Request request) {
    Map<String, List<WorkQueue>> queues = new LinkedHashMap<>();
    site.store()
        .workPools()
        .list()
        .forEach(pool -> queues.put(pool.name(), site.store().workQueues().list(pool.name())));
    List<WorkerEntry> workers = site.store().workers().list();
    return page(
        request,
        "Work pools",
        "pools",
        Map.of("pools", site.store().workPools().list(), "queues", queues, "workers", workers));
  }
}
