package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The heads of a run and what is known of the positions above them; chooses those that make cuts.
/// Sources are counted from 0 as they stand in the plan, the leftmost first; what belongs to a
/// chain is told by the number of the source that it begins with.
final class Injectors {
  private final List<ReaderHead> readers = new ArrayList<>();
  private final List<Chained> heads = new ArrayList<>();
  private final Map<Integer, PositionLog> logs = new HashMap<>();
  private boolean merged;

  /// A head, the last step above it, and its source.
  private record Chained(Head head, Step above, int source) {}

  /// The sources, the leftmost first.
  List<ReaderHead> readers() {
    return readers;
  }

  /// The number of the next source, with which the chain that is being compiled begins.
  int nextSource() {
    return readers.size();
  }

  /// Adds the next source.
  ///
  /// @param log null in a run without positions
  void add(ReaderHead reader, @Nullable PositionLog log) {
    if (log != null) {
      logs.put(readers.size(), log);
    }
    readers.add(reader);
  }

  /// Adds a head; those above it were added before.
  Head add(Head head, Step above, int source) {
    merged |= above instanceof Step.Merge;
    heads.add(new Chained(head, above, source));
    return head;
  }

  /// What stands before the names of the splits and the states of a chain. Those of the first have
  /// none, so that a pipeline that others are added to goes on where it was.
  static String prefix(int source) {
    return source == 0 ? "" : "source " + (source + 1) + ": ";
  }

  int heads() {
    return heads.size();
  }

  /// The two inputs of a `zip` make no cuts of their own.
  ///
  /// @param left the source of the left input
  /// @param headsBefore how many heads there were before those of the inputs
  ///
  /// @return where the two stand; null in a run without positions
  @Nullable PairLog zipped(int left, int right, int headsBefore) {
    heads.subList(headsBefore, heads.size()).clear();
    PositionLog leftLog = logs.get(left);
    PositionLog rightLog = logs.get(right);
    if (leftLog == null || rightLog == null) {
      return null;
    }
    PairLog pairs = new PairLog(leftLog, rightLog);
    logs.put(left, pairs);
    return pairs;
  }

  /// Lets heads make the cuts that are asked for. Of each source it is the lowest that may, or the
  /// first, where marks have to come from the sources: for a sink that keeps splits apart, and for
  /// a `merge`, since a source answers also when it has nothing to give.
  void choose(CutRequests requests, boolean staged) {
    Map<Integer, Head> chosen = new HashMap<>();
    for (Chained one : heads) {
      boolean may = staged || merged ? !chosen.containsKey(one.source) : mayCut(one.above);
      if (may) {
        chosen.put(one.source, one.head);
      }
    }
    Set<Integer> passed = new HashSet<>();
    for (Chained one : heads) {
      if (one.head == chosen.get(one.source)) {
        PositionLog log = Objects.requireNonNull(logs.get(one.source));
        one.head.cuts = new Cuts(requests, log, merged);
        passed.add(one.source);
      } else if (passed.contains(one.source)) {
        one.head.cutsAbove = requests;
      }
    }
  }

  /// Whether a cut is seen to be whole below this step without a mark that travels: one source, no
  /// state, and nothing that gives up the order.
  private static boolean mayCut(Step above) {
    Step at = above;
    while (at instanceof Step.Link link) {
      if (Resumability.isStateful(link) || Resumability.losesOrder(link)) {
        return false;
      }
      at = link.upstream();
    }
    return !(at instanceof Step.Concat || at instanceof Step.Merge);
  }
}
