package dev.penstock.server.pages;

import dev.penstock.flow.store.Event;
import dev.penstock.flow.store.Events;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What has happened: the newest first, filtered by the address, live.
final class EventsPage {
  private static final int ROWS = 100;
  private static final long LOOK_MILLIS = 1000;
  private static final int QUIET_LOOKS = 15;

  private final Site site;

  EventsPage(Site site) {
    this.site = site;
  }

  List<Route> routes() {
    return List.of(Route.get("/events", this::show), Route.get("/live/events", this::live));
  }

  private static Events.Wanted wanted(Fields query) {
    return new Events.Wanted(query.first("name").orElse(""), query.first("of").orElse(""));
  }

  private Answer show(Request request) {
    Events.Wanted wanted = wanted(request.query());
    long before =
        request
            .query()
            .first("before")
            .map(text -> RunPage.number("before", text))
            .orElse(Long.MAX_VALUE);
    List<Event> found = site.store().events().before(wanted, before, ROWS + 1);
    List<Event> events = found.subList(0, Math.min(ROWS, found.size()));
    String query = "name=" + encode(wanted.name()) + "&of=" + encode(wanted.resourceId());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("wanted", wanted);
    values.put("events", events);
    values.put(
        "older",
        found.size() > ROWS ? "/events?" + query + "&before=" + events.getLast().id() : "");
    values.put(
        "feed",
        before == Long.MAX_VALUE
            ? "/live/events?" + query + "&after=" + (events.isEmpty() ? 0 : events.getFirst().id())
            : "");
    Shell shell = site.shell(request, "Events", "events", List.of(new Shell.Crumb("Events", "")));
    return site.page("events", shell, values);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Tells of events as they happen, until the viewer is gone.
  private Answer live(Request request) {
    Events.Wanted wanted = wanted(request.query());
    long first =
        request
            .header()
            .apply("last-event-id")
            .or(() -> request.query().first("after"))
            .map(text -> RunPage.number("after", text))
            .orElse(0L);
    return Answer.events(out -> {
      long last = first;
      int quiet = 0;
      while (true) {
        long seen = last;
        List<Event> next =
            site.store().events().before(wanted, Long.MAX_VALUE, ROWS).stream()
                .takeWhile(event -> event.id() > seen)
                .toList();
        quiet = next.isEmpty() ? quiet + 1 : 0;
        if (!next.isEmpty()) {
          last = next.getFirst().id();
          String html =
              site.templates()
                  .fill(
                      "part/eventRows",
                      request.who(),
                      Map.of("events", next, "words", site.words(request.viewer())));
          EventStream.send(out, "rows", String.valueOf(last), html);
        } else if (quiet % QUIET_LOOKS == 0) {
          EventStream.beat(out);
        }
        out.flush();
        Thread.sleep(LOOK_MILLIS);
      }
    });
  }
}
