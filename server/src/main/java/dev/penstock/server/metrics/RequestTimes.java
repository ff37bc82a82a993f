package dev.penstock.server.metrics;

import dev.penstock.server.web.Route;
import dev.penstock.server.web.Router;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// How long requests took in this process, by their routes. Safe for use by several threads.
public final class RequestTimes implements Router.Times {
  private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

  private final Map<String, Times> routes = new ConcurrentHashMap<>();

  /// Those of one route.
  ///
  /// @param buckets how many took up to each bound and longer than the one before
  /// @param statuses how many had a status of each hundred
  private record Times(LongAdder[] buckets, LongAdder nanos, Map<String, LongAdder> statuses) {
    static Times none() {
      LongAdder[] buckets =
          Stream.generate(LongAdder::new).limit(BOUNDS.length + 1L).toArray(LongAdder[]::new);
      return new Times(buckets, new LongAdder(), new ConcurrentHashMap<>());
    }
  }

  @Override
  public void answered(Route route, int status, long nanos) {
    Times times = routes.computeIfAbsent(route.method() + " " + route.path(), _ -> Times.none());
    double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
    int found = Arrays.binarySearch(BOUNDS, seconds);
    times.buckets()[found < 0 ? -found - 1 : found].increment();
    times.nanos().add(nanos);
    times.statuses().computeIfAbsent(status / 100 + "xx", _ -> new LongAdder()).increment();
  }

  void write(MetricsText text) {
    Map<String, Times> sorted = new TreeMap<>(routes);
    text.metric(
        "penstock_http_requests_total", MetricsText.Type.COUNTER, "Requests by route and status.");
    sorted.forEach((route, times) ->
        new TreeMap<>(times.statuses())
            .forEach((status, count) ->
                text.sample(
                    "penstock_http_requests_total",
                    labels("route", route, "status", status),
                    count.sum())));
    text.metric(
        "penstock_http_request_seconds", MetricsText.Type.HISTOGRAM, "How long requests took.");
    sorted.forEach((route, times) -> histogram(text, route, times));
  }

  private static void histogram(MetricsText text, String route, Times times) {
    long below = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      below += times.buckets()[i].sum();
      String bound = i < BOUNDS.length ? String.valueOf(BOUNDS[i]) : "+Inf";
      text.sample(
          "penstock_http_request_seconds_bucket", labels("route", route, "le", bound), below);
    }
    double seconds = times.nanos().sum() / (double) TimeUnit.SECONDS.toNanos(1);
    text.sample("penstock_http_request_seconds_sum", Map.of("route", route), seconds);
    text.sample("penstock_http_request_seconds_count", Map.of("route", route), below);
  }

  private static Map<String, String> labels(
      String first, String value, String second, String other) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(first, value);
    labels.put(second, other);
    return labels;
  }
}
