package dev.penstock.server.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the route of a request and answers it; also when there is none, when it is refused, and
/// when something breaks: nobody outside sees more of that than a number to look for in the log.
public final class Router {
  private static final System.Logger LOG = System.getLogger("dev.penstock.server");
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Map<String, List<Route>> literals;
  private final List<Route> shapes;
  private final Admission admission;
  private final Times times;
  private final Faults faults;
  private final Duration again;

  /// How what went wrong is shown.
  public interface Faults {
    Answer refused(Request request, Refused refusal);
  }

  /// Told how long requests took.
  @FunctionalInterface
  public interface Times {
    void answered(Route route, int status, long nanos);
  }

  public Router(List<Route> routes, Admission admission, Times times, Faults faults) {
    this(routes, admission, times, faults, AGAIN);
  }

  /// @param again after so long is asked whether whoever listens to what goes on still may
  Router(List<Route> routes, Admission admission, Times times, Faults faults, Duration again) {
    literals =
        routes.stream()
            .filter(route -> !route.hasVariables())
            .collect(Collectors.groupingBy(Route::path));
    shapes = routes.stream().filter(Route::hasVariables).toList();
    this.admission = admission;
    this.times = times;
    this.faults = faults;
    this.again = again;
  }

  public Answer answer(Request request) {
    Request known = request;
    try {
      known = request.by(admission.identify(request));
      return route(known);
    } catch (Refused refusal) {
      return faults.refused(known, refusal);
    } catch (RuntimeException failure) {
      return faults.refused(known, broken(known, failure));
    }
  }

  /// What is answered to a request that could not be read.
  Answer refused(Request request, Refused refusal) {
    return faults.refused(request, refusal);
  }

  /// Those with variables in their path come last.
  private Iterable<Route> candidates(String path) {
    List<Route> literal = literals.getOrDefault(path, List.of());
    return () -> Stream.concat(literal.stream(), shapes.stream()).iterator();
  }

  private Answer route(Request request) {
    // HEAD is GET whose answer stays here.
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    TreeSet<String> others = new TreeSet<>();
    for (Route route : candidates(request.path())) {
      Optional<Map<String, String>> variables = route.match(request.path());
      if (variables.isPresent()) {
        if (route.method().equals(method)) {
          return timed(request.with(variables.get()), route);
        }
        others.add(route.method());
      }
    }
    admission.admit(request, null);
    if (others.isEmpty()) {
      throw Refused.notFound("there is no page at " + request.path());
    }
    String methods = String.join(", ", others);
    return faults
        .refused(
            request,
            new Refused(
                405,
                "This is asked in another way",
                request.path() + " takes " + methods + ", not " + request.method(),
                List.of()))
        .with("Allow", methods);
  }

  private Answer timed(Request request, Route route) {
    long began = System.nanoTime();
    int status = 500;
    try {
      Answer answer = carryOut(request, route);
      status = answer.status();
      return answer;
    } catch (Refused refusal) {
      status = refusal.status();
      throw refusal;
    } finally {
      times.answered(route, status, System.nanoTime() - began);
    }
  }

  private Answer carryOut(Request request, Route route) {
    admission.admit(request, route);
    Answer answer = route.handler().answer(request);
    if (answer.status() < 400) {
      admission.done(request, route);
    }
    return answer.body() instanceof Answer.Body.Flowing flowing
        ? new Answer(answer.status(), answer.headers(), whileAllowed(flowing, request, route))
        : answer;
  }

  private Answer.Body whileAllowed(Answer.Body.Flowing flowing, Request request, Route route) {
    Runnable admit = () -> admission.admit(request.by(admission.identify(request)), route);
    return new Answer.Body.Flowing(
        out -> flowing.writing().to(new StillAllowed(out, admit, again)));
  }

  private static Refused broken(Request request, RuntimeException failure) {
    String number = Long.toHexString(System.nanoTime());
    LOG.log(
        System.Logger.Level.ERROR,
        "request " + number + " failed: " + request.method() + " " + request.path(),
        failure);
    return new Refused(
        500,
        "The server could not do this",
        "its log says why, at request " + number + "; if it happens again, tell who looks after it",
        List.of());
  }
}
