package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.plan.Catch;
import dev.penstock.pipeline.plan.Step;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a plan promises, in words: the row of `docs/guarantees.md` that holds for it.
final class Guarantee {
  private final Step.To plan;
  private final @Nullable Resume resume;

  /// What has to hold outside for the promise to hold.
  private final Set<String> conditions = new LinkedHashSet<>();

  /// Where dead letters go.
  private final Set<String> letters = new LinkedHashSet<>();

  private Guarantee(Step.To plan, @Nullable Resume resume) {
    this.plan = plan;
    this.resume = resume;
    look(plan.upstream());
    if (plan.rejected() != null) {
      letters.add(plan.rejected().describe());
    }
  }

  static String of(Step.To plan, @Nullable Resume resume) {
    Guarantee guarantee = new Guarantee(plan, resume);
    return guarantee.promise() + guarantee.ofDeadLetters();
  }

  private void look(Step step) {
    switch (step) {
      case Step.Read(var source) -> source.condition().ifPresent(conditions::add);
      case Step.Origin _ -> {}
      case Step.Catching(Step upstream, Catch settings) -> {
        if (settings.outcome() instanceof Catch.ToDeadLetters(var sink)) {
          letters.add(sink.describe());
        }
        look(upstream);
      }
      case Step.Link link -> look(link.upstream());
      case Step.Junction junction -> junction.upstreams().forEach(this::look);
    }
  }

  private String ofDeadLetters() {
    return letters.isEmpty()
        ? ""
        : "\ndead letters at least once, in " + String.join(", ", letters);
  }

  private String provided() {
    Set<String> all = new LinkedHashSet<>(conditions);
    plan.sink().conditionOfReaders().ifPresent(all::add);
    return all.isEmpty() ? "" : provided(String.join(", and that ", all));
  }

  private static String provided(String conditions) {
    return ", provided that " + conditions;
  }

  private String promise() {
    return resume == null ? ofOneRun(plan.sink()) : ofResumed(resume);
  }

  private String ofOneRun(Sink<?> sink) {
    return switch (sink) {
      case PlainSink<?> _ ->
          "at least once: what was written stays if the run fails, and is written again by the next";
      case TransactionalSink<?> _ when plan.rejected() != null ->
          "at least once: what was committed, each "
              + Salvage.UNIT
              + " records, stays if the run fails, and is written again by the next";
      case TransactionalSink<?> _, StagedSink<?, ?> _ ->
          "all or nothing: a run that fails leaves nothing behind, and the next begins anew"
              + sink.conditionOfReaders().map(Guarantee::provided).orElse("");
    };
  }

  private String ofResumed(Resume by) {
    Optional<String> refusal;
    try {
      refusal = Resumability.refusal(plan);
    } catch (RuntimeException e) { // a target may have to be looked at, and be known elsewhere only
      return "what it promises cannot be told here: " + e.getMessage();
    }
    if (refusal.isPresent()) {
      return "refused: " + refusal.get();
    }
    String where =
        provided() + " (positions of \"%s\" in %s)".formatted(by.name(), plan.sink().describe());
    return switch (plan.sink()) {
      case TransactionalSink<?> _ ->
          "exactly once: records and positions are committed in one transaction" + where;
      case StagedSink<?, ?> staged -> "exactly once in " + staged.visibleIn() + where;
      case PlainSink<?> _ ->
          "at least once: positions are committed after what was written"
              + " (as offsets of the group, since "
              + plan.sink().describe()
              + " keeps none)";
    };
  }
}
