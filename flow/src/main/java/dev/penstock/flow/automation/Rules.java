package dev.penstock.flow.automation;

import dev.penstock.flow.store.Evaluation;
import dev.penstock.flow.store.Evaluation.Reason;
import dev.penstock.flow.store.Evaluation.RunEvent;
import dev.penstock.flow.store.Evaluation.Watch;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunSearch;
import dev.penstock.flow.store.StoredAutomation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Holds what has happened against the automations, in one transaction.
final class Rules {
  private static final int EVENTS = 200;
  private static final int WATCHES = 200;

  private final Evaluation evaluation;
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  private Rules(Evaluation evaluation) {
    this.evaluation = evaluation;
    for (StoredAutomation automation : evaluation.automations()) {
      rules.put(automation.id(), new Rule(automation, Definition.read(automation.definition())));
    }
  }

  private record Rule(StoredAutomation automation, Definition definition) {
    Trigger trigger() {
      return definition.trigger();
    }

    boolean concerns(RunEvent happened) {
      return !happened.event().occurred().isBefore(automation.since())
          && trigger().runs().include(happened.run());
    }

    Watch watch(String subject, Instant deadline) {
      return new Watch(automation.id(), subject, deadline);
    }
  }

  /// Evaluates some of what has happened.
  ///
  /// @return whether that was all
  static boolean evaluate(Evaluation evaluation) {
    return new Rules(evaluation).evaluate();
  }

  private boolean evaluate() {
    evaluation.skipBefore(
        rules.values().stream()
            .map(rule -> rule.automation().since())
            .min(Instant::compareTo)
            .orElse(evaluation.now()));
    Evaluation.Taken taken = evaluation.take(EVENTS);
    for (RunEvent happened : taken.events()) {
      for (Rule rule : rules.values()) {
        if (rule.concerns(happened)) {
          happened(rule, happened);
        }
      }
    }
    // What was expected may be among the events that are left.
    return taken.all() && absences() && pipelines();
  }

  private void happened(Rule rule, RunEvent happened) {
    switch (rule.trigger()) {
      case Trigger.OnState trigger -> {
        if (trigger.states().contains(happened.state())) {
          fire(
              rule,
              "event/" + happened.event().id(),
              () -> "the run is " + happened.state(),
              happened.run());
        }
      }
      case Trigger.OnAbsence trigger -> expected(rule, trigger, happened);
      case Trigger.OnStandstill _, Trigger.OnErrorRatio _ -> {}
    }
  }

  private void expected(Rule rule, Trigger.OnAbsence trigger, RunEvent happened) {
    String subject = trigger.isOfEachRun() ? happened.run().id() : "";
    Instant at = happened.event().occurred();
    if (trigger.expected().contains(happened.state())) {
      // One that came too late leaves the watch to be found overdue.
      evaluation
          .watch(rule.automation().id(), subject)
          .filter(watch -> !at.isAfter(watch.deadline()))
          .ifPresent(evaluation::unwatch);
      if (!trigger.isOfEachRun()) {
        watchUnlessOverdue(rule, at.plus(trigger.within()));
      }
    }
    if (trigger.after().contains(happened.state())) {
      evaluation.watch(rule.watch(subject, at.plus(trigger.within())));
    }
  }

  private void watchUnlessOverdue(Rule rule, Instant deadline) {
    if (evaluation.watch(rule.automation().id(), "").isEmpty()) {
      evaluation.watch(rule.watch("", deadline));
    }
  }

  /// @return whether that were all
  private boolean absences() {
    for (Rule rule : rules.values()) {
      if (rule.trigger() instanceof Trigger.OnAbsence trigger && !trigger.isOfEachRun()) {
        watchUnlessOverdue(rule, rule.automation().since().plus(trigger.within()));
      }
    }
    // A transaction that began before a deadline may not have committed yet.
    Instant settled = evaluation.now().minus(Evaluation.SETTLING);
    List<Watch> overdue = evaluation.overdue(settled, WATCHES);
    overdue.forEach(this::absent);
    return overdue.size() < WATCHES;
  }

  private void absent(Watch watch) {
    Rule rule = rules.get(watch.automation());
    evaluation.unwatch(watch);
    if (rule == null || !(rule.trigger() instanceof Trigger.OnAbsence trigger)) {
      return;
    }
    fire(
        rule,
        "absence/" + watch.subject() + "/" + watch.deadline(),
        () -> "none of " + trigger.expected() + " within " + trigger.within(),
        watch.subject().isEmpty() ? null : evaluation.run(watch.subject()).orElse(null));
    if (!trigger.isOfEachRun()) {
      // However long nobody was there to see it: it is told once.
      evaluation.watch(rule.watch("", evaluation.now().plus(trigger.within())));
    }
  }

  private boolean pipelines() {
    List<Rule> watching =
        rules.values().stream()
            .filter(rule ->
                switch (rule.trigger()) {
                  case Trigger.OnStandstill _, Trigger.OnErrorRatio _ -> true;
                  case Trigger.OnState _, Trigger.OnAbsence _ -> false;
                })
            .toList();
    if (watching.isEmpty()) {
      return true;
    }
    for (RunSearch.RunningPipeline pipeline : evaluation.pipelines()) {
      Figures.of(pipeline.figures()).ifPresent(figures -> moved(watching, pipeline, figures));
    }
    return true;
  }

  private void moved(List<Rule> watching, RunSearch.RunningPipeline pipeline, Figures figures) {
    Instant since = evaluation.stillSince(pipeline.taskRun(), figures.in());
    for (Rule rule : watching) {
      if (rule.trigger().runs().include(pipeline.run())) {
        figures(rule, pipeline, figures, since);
      }
    }
  }

  private void figures(
      Rule rule, RunSearch.RunningPipeline pipeline, Figures figures, Instant since) {
    switch (rule.trigger()) {
      case Trigger.OnStandstill trigger -> {
        if (!since.plus(trigger.lasting()).isAfter(evaluation.now())) {
          fire(
              rule,
              "standstill/" + pipeline.taskRun() + "/" + since,
              () -> "no records since " + since + ", after " + figures.in(),
              pipeline.run());
        }
      }
      case Trigger.OnErrorRatio trigger -> {
        if (figures.in() >= trigger.atLeast() && figures.errorRatio() > trigger.above()) {
          fire(
              rule,
              "errors/" + pipeline.taskRun(),
              () -> figures.failed() + " of " + figures.in() + " records have failed",
              pipeline.run());
        }
      }
      case Trigger.OnState _, Trigger.OnAbsence _ -> {}
    }
  }

  private void fire(Rule rule, String cause, Supplier<String> why, @Nullable FlowRun run) {
    Map<String, String> facts = Facts.of(rule.automation(), evaluation.now(), why.get(), run);
    evaluation.fire(
        rule.automation(),
        new Reason(cause, run == null ? "" : run.id(), facts),
        rule.definition().actions().stream().map(Definition::write).toList());
  }
}
