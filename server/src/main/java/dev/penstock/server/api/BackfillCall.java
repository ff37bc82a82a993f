package dev.penstock.server.api;

import static java.util.Objects.requireNonNull;

import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.TimeText;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.worker.Backfill;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of the API that starts backfills; what is started is a schedule.
final class BackfillCall {
  private static final String ALL = Api.ROOT + "/deployments/{id}/backfills";
  private static final List<Operation.Parameter> BODY =
      List.of(
          Operation.Parameter.required(
              "from", "string", "An instant, or a local time or date of the rule; inclusive."),
          Operation.Parameter.required("to", "string", "The same; exclusive."),
          new Operation.Parameter(
              "parallelism", "integer", "How many runs may be unfinished at once; 1."),
          new Operation.Parameter(
              "again", "boolean", "Whether ticks are run whose run has completed; false."),
          new Operation.Parameter(
              "spec",
              "string",
              "The rule whose ticks are meant; that of the deployment's only schedule."));

  private static final Schedule ANY = Schedule.cron("0 0 * * *", ZoneOffset.UTC);

  private final Store store;
  private final InstantSource clock;

  BackfillCall(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  Operation operation() {
    return new Operation(
        Route.post(ALL, this::start),
        "startBackfill",
        "Makes a run for each tick of a range that has passed, some at a time. The backfill is a"
            + " schedule: it is looked at, paused and deleted as one.",
        Operation.KEY,
        List.of(),
        BODY,
        "Schedule",
        201);
  }

  private Answer start(Request request) {
    Deployment deployment = DeploymentCalls.find(store, request);
    String key = request.header().apply("idempotency-key").orElse(null);
    Optional<DeploymentSchedule> there =
        key == null ? Optional.empty() : store.schedules().keyed(deployment.id(), key);
    Body body = new Body(request.json(), BODY);
    Schedule rule = rule(deployment, body);
    Instant from = time(body, "from", rule);
    Instant to = time(body, "to", rule);
    int parallelism = body.has("parallelism") ? body.number("parallelism", 1) : 1;
    boolean again = body.has("again") && body.flag("again");
    if (from != null && to != null && !to.isAfter(from)) {
      body.add("to", "\"to\" must be after \"from\"");
    }
    body.refuseWrong();
    requireNonNull(from);
    requireNonNull(to);
    there
        .filter(started -> !Backfill.isOf(started, rule, from, to, again, parallelism))
        .ifPresent(started -> {
          throw Refused.usedKey(String.valueOf(key), "backfill " + started.id());
        });
    DeploymentSchedule started =
        there.orElseGet(() -> {
          Backfill backfill = Backfill.of(store, deployment, rule, from, to, again);
          refuse(backfill, body);
          return ScheduleCalls.added(store, backfill.start(store, parallelism, key));
        });
    return Answer.json(201, ScheduleCalls.json(started))
        .with(
            "Location",
            Api.ROOT + "/deployments/" + deployment.id() + "/schedules/" + started.id());
  }

  private void refuse(Backfill backfill, Body body) {
    Optional<String> refusal = backfill.refusal(clock.instant());
    if (refusal.isPresent()) {
      body.add("to", refusal.get());
    } else if (backfill.isDone()) {
      body.add(
          "again",
          "the runs of all ticks in this range have completed: \"again\": true runs them again");
    }
    body.refuseWrong();
  }

  /// The rule that was sent, or the only one of the deployment. Where that is wrong, any.
  private Schedule rule(Deployment deployment, Body body) {
    String spec = body.has("spec") ? body.text("spec") : "";
    if (!spec.isEmpty()) {
      try {
        return Schedule.parse(spec);
      } catch (IllegalArgumentException e) {
        body.add("spec", String.valueOf(e.getMessage()));
        return ANY;
      }
    }
    List<Schedule> own = Backfill.rules(store, deployment);
    if (own.size() == 1) {
      return own.getFirst();
    }
    if (!body.has("spec")) {
      body.add(
          "spec",
          deployment.fullName()
              + " has "
              + own.size()
              + " schedules: say which ticks are meant, such as \"cron 0 6 * * *\"");
    }
    return ANY;
  }

  private static @Nullable Instant time(Body body, String name, Schedule rule) {
    String text = body.text(name);
    try {
      return text.isEmpty() ? null : TimeText.parse("\"" + name + "\"", text, rule.zone());
    } catch (IllegalArgumentException e) {
      body.add(name, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
