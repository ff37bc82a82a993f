package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.plan.Commit;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.PlanRefused;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
    List<ReaderHead> readers = compiled.injectors().readers();
    SinkStage sink = compiled.sink();
    readers.forEach(ReaderHead::discover);
    if (resume != null && sink != null && plan instanceof Step.To to) {
      Map<Source<?>, Integer> splits = splits(readers);
      new Resumability(to, source -> OptionalInt.of(splits.getOrDefault(source, 1))).check();
      if (readers.getFirst().isGroup()) {
        join(run, to, resume, compiled, sink);
      } else {
        resume(run, to, resume, compiled, sink);
      }
      return;
    }
    openFirst(readers);
    if (sink != null) {
      sink.open(null);
      if (!isBounded(plan)) {
        sink.commitEvery(WITHOUT_END);
      }
    }
  }

  /// The others are opened when something of them is wanted.
  private static void openFirst(List<ReaderHead> readers) {
    if (!readers.isEmpty()) {
      readers.getFirst().open();
    }
  }

  private static Map<Source<?>, Integer> splits(List<ReaderHead> readers) {
    Map<Source<?>, Integer> splits = new IdentityHashMap<>();
    for (ReaderHead reader : readers) {
      splits.put(reader.source(), reader.discover().size());
    }
    return splits;
  }

  private static void resume(
      Run run, Step.To plan, Resume resume, Compiler compiled, SinkStage sink) throws Exception {
    List<ReaderHead> readers = compiled.injectors().readers();
    CommitLog log = log(plan.sink());
    run.onClose(log);
    for (ReaderHead reader : readers) {
      reader.source().recognise(log.known(resume.name()));
    }
    Set<Split> splits = new HashSet<>();
    readers.forEach(reader -> splits.addAll(reader.named()));
    Claim claim = log.claim(resume.name(), splits);
    Map<Split, Position> from = new HashMap<>();
    for (Map.Entry<Split, Entry> last : claim.last().entrySet()) {
      last.getValue().to().ifPresent(position -> from.put(last.getKey(), position));
    }
    StoredStates states = StoredStates.newest(claim.last().values());
    restore(resume, compiled.stateful(), states);

    boolean staged = plan.sink() instanceof StagedSink;
    CutRequests requests = new CutRequests();
    compiled.injectors().choose(requests, staged);
    for (ReaderHead reader : readers) {
      reader.from(from);
      reader.cutBetweenSplits = staged;
    }
    openFirst(readers);
    sink.open(claim);
    Commit commit = commit(sink, resume);
    sink.resume(requests, commit.records(), from, states);
    run.every(commit.within(), requests::ask);
  }

  /// Lets a broker hand out the splits; each is claimed when it comes.
  private static void join(Run run, Step.To plan, Resume resume, Compiler compiled, SinkStage sink)
      throws Exception {
    ReaderHead reader = compiled.injectors().readers().getFirst();
    CutRequests requests = new CutRequests();
    boolean staged = plan.sink() instanceof StagedSink;
    Commit commit = commit(sink, resume);
    compiled.injectors().choose(requests, staged);
    if (staged) {
      reader.cutBetweenSplits = true;
      sink.keepLanes(commit.within());
    }
    GroupSplits splits = new GroupSplits(run, resume.name(), plan.sink(), sink, requests);
    reader.joins(splits);
    reader.open();
    if (plan.sink() instanceof PlainSink) {
      sink.open(null);
    } else {
      try (CommitLog log = log(plan.sink())) {
        reader.source().recognise(log.known(resume.name()));
        sink.open(log.join(resume.name(), Set.of()));
      }
    }
    sink.resume(requests, commit.records(), Map.of(), StoredStates.newest(List.of()));
    sink.tell((to, sequence) -> {
      reader.committed(to);
      splits.committed(sequence);
    });
    run.every(commit.within(), requests::ask);
  }

  /// How often is committed: as the run says, unless the sink has a pace of its own.
  private static Commit commit(SinkStage sink, Resume resume) {
    return sink.pace().map(within -> new Commit(Long.MAX_VALUE, within)).orElse(resume.commit());
  }

  static CommitLog log(Sink<?> sink) throws Exception {
    return switch (sink) {
      case TransactionalSink<?> transactional -> transactional.log();
      case StagedSink<?, ?> staged -> staged.log();
      case PlainSink<?> _ -> throw new IllegalStateException("keeps no positions: " + sink);
    };
  }

  private static void restore(Resume resume, List<StatefulLink> stages, StoredStates states) {
    Set<String> unknown = new HashSet<>(states.steps());
    for (StatefulLink stage : stages) {
      byte[] state = states.of(stage.stateName);
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
