package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.PlanRefused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Opens both ends of a run: the source first, so that a missing file leaves no table behind. A
/// resumable run claims its splits before it reads a position, and goes on from what was committed
/// last.
final class Opening {
  private static final long WITHOUT_END = 10_000;

  private Opening() {}

  static void open(Run run, Step plan, @Nullable Resume resume, Compiler compiled)
      throws Exception {
    ReaderHead reader = compiled.reader();
    SinkStage sink = compiled.sink();
    List<Split> splits = reader == null || isGroup(plan) ? List.of() : reader.discover();
    if (resume != null && sink != null && plan instanceof Step.To to) {
      Resumability.check(to, splits.size());
      if (reader != null) {
        resume(run, to, resume, compiled, reader, sink, splits);
      }
      return;
    }
    if (reader != null) {
      reader.open(Map.of());
    }
    if (sink != null) {
      sink.open(null);
      if (!isBounded(plan)) {
        sink.commitEvery(WITHOUT_END);
      }
    }
  }

  private static void resume(
      Run run,
      Step.To plan,
      Resume resume,
      Compiler compiled,
      ReaderHead reader,
      SinkStage sink,
      List<Split> splits)
      throws Exception {
    CommitLog log = log(plan.sink());
    run.onClose(log);
    Claim claim = log.claim(resume.name(), new HashSet<>(splits));
    Map<Split, Position> from = new HashMap<>();
    Map<String, byte[]> states = Map.of();
    for (Map.Entry<Split, Entry> last : claim.last().entrySet()) {
      last.getValue().to().ifPresent(position -> from.put(last.getKey(), position));
      if (!last.getValue().states().isEmpty()) {
        states = last.getValue().states();
      }
    }
    restore(resume, compiled.stateful(), states);

    ReadLog read = new ReadLog();
    Cuts cuts = new Cuts(read);
    boolean staged = plan.sink() instanceof StagedSink;
    reader.log = read;
    reader.cutBetweenSplits = staged;
    Head injector = injector(compiled, staged);
    injector.cuts = cuts;
    for (Compiler.Chained below : compiled.heads().reversed()) {
      if (below.head() == injector) {
        break;
      }
      below.head().cutsAbove = cuts;
    }
    reader.open(from);
    sink.open(claim);
    sink.resume(cuts, resume.commit().records(), from);
    run.every(resume.commit().within(), () -> cuts.wanted = true);
  }

  private static CommitLog log(Sink<?> sink) throws Exception {
    return switch (sink) {
      case TransactionalSink<?> transactional -> transactional.log();
      case StagedSink<?, ?> staged -> staged.log();
      case dev.penstock.pipeline.connector.PlainSink<?> _ ->
          throw new IllegalStateException("keeps no positions: " + sink);
    };
  }

  private static void restore(
      Resume resume, List<StatefulLink> stages, Map<String, byte[]> states) {
    Set<String> unknown = new HashSet<>(states.keySet());
    for (StatefulLink stage : stages) {
      byte[] state = states.get(stage.stateName);
      if (state != null) {
        stage.decode(state);
        unknown.remove(stage.stateName);
      }
    }
    if (!unknown.isEmpty()) {
      throw new PlanRefused(
          "the positions of \""
              + resume.name()
              + "\" hold the state of steps that the pipeline does not have: "
              + unknown.stream().sorted().toList()
              + "; it was changed since its last run: reset its positions, or give it another name");
    }
  }

  /// The lowest head with no stateful step above it, and nothing that gives up the order: there a
  /// cut is seen to be whole without a mark that travels. A sink that keeps splits apart needs
  /// marks from the source.
  private static Head injector(Compiler compiled, boolean staged) {
    List<Compiler.Chained> heads = compiled.heads().reversed();
    for (Compiler.Chained chained : staged ? List.<Compiler.Chained>of() : heads) {
      if (mayCut(chained.above())) {
        return chained.head();
      }
    }
    return heads.getLast().head();
  }

  private static boolean mayCut(Step above) {
    Step at = above;
    while (at instanceof Step.Link link) {
      if (Resumability.isStateful(link) || Resumability.isUnordered(link)) {
        return false;
      }
      at = link.upstream();
    }
    return true;
  }

  private static boolean isGroup(Step plan) {
    return origin(plan) instanceof Step.Read(var source) && source.traits().contains(Trait.GROUP);
  }

  private static boolean isBounded(Step plan) {
    return switch (origin(plan)) {
      case Step.Read(var source) -> source.traits().contains(Trait.BOUNDED);
      case Step.Generate _ -> false;
      case Step.Poll poll -> poll.idle() != null;
      case Step other -> other.upstreams().stream().allMatch(Opening::isBounded);
    };
  }

  /// The step that the main chain of a plan begins with.
  static Step origin(Step plan) {
    Step at = plan;
    while (at instanceof Step.Link link) {
      at = link.upstream();
    }
    return at;
  }
}
