package dev.penstock.pipeline;

import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.engine.LocalEngine;
import dev.penstock.pipeline.engine.Resume;
import dev.penstock.pipeline.plan.Commit;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Explain;
import dev.penstock.pipeline.plan.GivenUp;
import dev.penstock.pipeline.plan.RecordTexts;
import dev.penstock.pipeline.plan.Replant;
import dev.penstock.pipeline.plan.SourcePosition;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.pipeline.run.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pipeline with both its ends: a value that [#run] runs, as often as you like.
///
/// @param plan the plan, from the sink up
/// @param name shown for its runs; empty for none
/// @param resume how it is resumed; null for a run that begins anew each time
public record RunnablePipeline(Step.To plan, String name, @Nullable Resume resume) {

  RunnablePipeline(Step.To plan) {
    this(plan, "", group(plan));
  }

  /// What a group reads goes on where the group stands, under its name.
  private static @Nullable Resume group(Step.To plan) {
    Step at = plan;
    while (at instanceof Step.Link link) {
      at = link.upstream();
    }
    return at instanceof Step.Read(Source<?> source)
        ? source.group().map(name -> new Resume(name, Commit.DEFAULT)).orElse(null)
        : null;
  }

  /// The same under this name.
  public RunnablePipeline named(String name) {
    return new RunnablePipeline(plan, name, resume);
  }

  /// The same, going on from the last committed record of this name: killed anywhere and run again,
  /// each record's effect is in the target once. The name identifies the positions in the target; a
  /// plan that cannot keep the promise is refused when it is run, naming the step.
  public RunnablePipeline resumable(String name) {
    return resumable(name, Commit.DEFAULT);
  }

  /// The same with its own rhythm of commits.
  public RunnablePipeline resumable(String name, Commit commit) {
    return new RunnablePipeline(
        plan, this.name.isEmpty() ? name : this.name, new Resume(name, commit));
  }

  /// Why [#resumable] would be refused, as far as that can be said without looking at the source,
  /// which may have several splits; empty when it would not.
  public Optional<String> whyNotResumable() {
    return LocalEngine.whyNotResumable(plan);
  }

  /// Forgets in its target how far a resumable pipeline has come: its next run begins anew. What it
  /// has written stays.
  ///
  /// @throws IllegalStateException when it is not resumable
  public void forgetPositions() {
    if (resume == null) {
      throw new IllegalStateException("a pipeline that is not resumable has no positions");
    }
    LocalEngine.forget(plan, resume);
  }

  /// The same, with records that the sink refuses given to another sink; without it such a record
  /// fails the run.
  public RunnablePipeline deadLetter(Sink<DeadLetter> rejected) {
    return new RunnablePipeline(new Step.To(plan.upstream(), plan.sink(), rejected), name, resume);
  }

  /// The same from one of its steps on, over records that this step was given before: its source
  /// and the steps above are left out. It begins anew each time, whatever the name it is resumed
  /// by.
  ///
  /// @param step its name, as failures tell it
  /// @throws IllegalArgumentException when [#whyNotReplayable] says something
  public RunnablePipeline replaying(String step, List<GivenUp> records) {
    whyNotReplayable(step)
        .ifPresent(why -> {
          throw new IllegalArgumentException(why);
        });
    return new RunnablePipeline(
        Replant.at(plan, step, new Step.Read(new Replaying(records))), name, null);
  }

  /// Tries the records of dead letters again, each from the step on that gave it up, step after
  /// step. Letters of other pipelines are left out. What fails again goes where it went before.
  ///
  /// @param letters as their sink has them; they stay there
  /// @return a summary for each step
  /// @throws IllegalArgumentException when [#whyNotReplayable] says something, or a record is not
  ///   kept in a way that it can be made of again; then nothing is tried
  public List<Summary> replay(Iterable<DeadLetter> letters) {
    Map<String, List<GivenUp>> byStep = new LinkedHashMap<>();
    for (DeadLetter letter : letters) {
      if (letter.pipeline().equals(name)) {
        byStep.computeIfAbsent(letter.step(), _ -> new ArrayList<>()).add(givenUp(letter));
      }
    }
    List<RunnablePipeline> runs = new ArrayList<>();
    byStep.forEach((step, records) -> runs.add(replaying(step, records)));
    return runs.stream().map(RunnablePipeline::run).toList();
  }

  private static GivenUp givenUp(DeadLetter letter) {
    String split = letter.split();
    String place = letter.position();
    return new GivenUp(
        recordOf(letter), split == null || place == null ? null : new SourcePosition(split, place));
  }

  private static Object recordOf(DeadLetter letter) {
    String value = letter.value();
    if (value == null) {
      throw new IllegalArgumentException(
          "record %d of %s cannot be made again of its dead letter; Java records of plain values can: %s"
              .formatted(letter.index(), letter.step(), letter.record()));
    }
    return RecordTexts.ofProcess()
        .orElseThrow(() ->
            new IllegalStateException(
                "dead letters cannot be read: penstock-flow is not on the class path"))
        .read(value);
  }

  /// Why records that failed in a step cannot be tried again by themselves; empty when they can.
  public Optional<String> whyNotReplayable(String step) {
    if (!plan.sink().adds()) {
      return Optional.of(
          plan.sink().describe()
              + " does not add to what is there: a few records would take the place of all others");
    }
    try {
      Replant.at(plan, step, new Step.Over(List.of()));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Runs on the calling thread until the source ends.
  ///
  /// @throws Exception the very exception of user code that nothing caught, whatever its type
  public Summary run() {
    return run(RunOptions.DEFAULT);
  }

  /// Runs with these options.
  public Summary run(RunOptions options) {
    return LocalEngine.run(plan, null, name, resume, options);
  }

  /// The plan as text, with the names and settings of its steps, what it promises, and warnings of
  /// what their functions have captured that would be copied if the plan was shipped to another
  /// process.
  public String explain() {
    return Explain.withWarnings(plan) + "\n" + LocalEngine.guarantee(plan, resume);
  }
}
