package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Explain;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.StepSummary;
import dev.penstock.testkit.reference.Emission.Failed;
import dev.penstock.testkit.reference.Emission.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A slow, obvious interpreter of plans, on one thread and one emission at a time: what the engine
/// is held to. Knows no time, no concurrency and no connectors; a step that is told to be unordered
/// keeps its order here.
public final class Reference {
  private final List<Node> nodes = new ArrayList<>();
  private final Node last;
  private final List<Exception> failedAtEnd = new ArrayList<>();

  private Reference(Step plan) {
    last = node(plan);
  }

  /// An interpretation of a plan, to be pulled once.
  public static Reference of(Step plan) {
    return new Reference(plan);
  }

  /// Everything up to the end, what no step caught included; the first failure of `failAtEnd` is
  /// the last one.
  public List<Emission> emissions() {
    List<Emission> all = new ArrayList<>();
    emissionsInto(all);
    return all;
  }

  /// The same, added one by one, for plans whose error budget ends them.
  ///
  /// @throws dev.penstock.pipeline.run.ErrorBudgetExceeded when a budget does
  public void emissionsInto(List<Emission> all) {
    for (Emission next = last.next(); !(next instanceof Emission.End); next = last.next()) {
      all.add(next);
    }
    if (!failedAtEnd.isEmpty()) {
      all.add(new Failed(new Failure(null, "failAtEnd", 0, 1, failedAtEnd.getFirst(), null)));
    }
  }

  /// What `failAtEnd` has kept, in order.
  public List<Exception> failedAtEnd() {
    return failedAtEnd;
  }

  /// The counters of the steps of a plan without junctions, from the source down.
  public List<StepSummary> counters() {
    return nodes.stream().map(Node::summary).toList();
  }

  void keepForTheEnd(Exception failure) {
    failedAtEnd.add(failure);
  }

  private Node node(Step step) {
    Node node =
        switch (step) {
          case Step.Over s -> Origins.over(s);
          case Step.Iterate s -> Origins.iterate(s);
          case Step.Read s -> Origins.read(s);
          case Step.Generate _, Step.Streams _, Step.Lines _, Step.Poll _ ->
              throw new IllegalArgumentException("not interpreted: " + Explain.name(step));
          case Step.Map s -> Simple.map(s, node(s.upstream()));
          case Step.Tap s -> Simple.tap(s, node(s.upstream()));
          case Step.Filter s -> Simple.filter(s, node(s.upstream()));
          case Step.FlatMap s ->
              s.options().concurrency() > 1 || !s.options().ordered()
                  ? new InTurn(s, node(s.upstream()))
                  : new FlatMapping(s, node(s.upstream()));
          case Step.Batch s -> new Batches(s, node(s.upstream()));
          case Step.Window s -> new Windows(s, node(s.upstream()));
          case Step.Throttle s -> Simple.same(s, node(s.upstream()));
          case Step.Buffer s -> Simple.same(s, node(s.upstream()));
          case Step.Observe s -> Simple.same(s, node(s.upstream()));
          case Step.Take s -> Limits.take(s, node(s.upstream()));
          case Step.Skip s -> Limits.skip(s, node(s.upstream()));
          case Step.TakeWhile s -> Limits.takeWhile(s, node(s.upstream()));
          case Step.DropWhile s -> Limits.dropWhile(s, node(s.upstream()));
          case Step.Distinct s -> Limits.distinct(s, node(s.upstream()));
          case Step.DistinctConsecutive s -> Limits.distinctConsecutive(s, node(s.upstream()));
          case Step.ZipWithIndex s -> Simple.zipWithIndex(s, node(s.upstream()));
          case Step.Scan s -> Simple.scan(s, node(s.upstream()));
          case Step.Catching s -> new Catcher(s, node(s.upstream()), this);
          case Step.ErrorBudget s -> new Budgeted(s, node(s.upstream()));
          case Step.To s -> node(s.upstream());
          case Step.Zip s -> new Junctions.Zip(s, node(s.left()), node(s.right()));
          case Step.Concat s -> new Junctions.Concat(s, all(s.upstreams()));
          case Step.Merge s -> new Junctions.Concat(s, all(s.upstreams()));
        };
    nodes.add(node);
    return node;
  }

  private List<Node> all(List<Step> steps) {
    List<Node> all = new ArrayList<>();
    for (Step step : steps) {
      all.add(node(step));
    }
    return all;
  }

  /// One step with what it has above; counts what it is given and what it sends.
  abstract static class Node {
    final String name;
    private final @Nullable Node upstream;
    private long in;
    private long out;
    private long failed;

    Node(Step step, @Nullable Node upstream) {
      this.name = Explain.name(step);
      this.upstream = upstream;
    }

    /// The next emission, or the end; after the end, the end again.
    final Emission next() {
      Emission next = advance();
      if (next instanceof Value) {
        out++;
      }
      return next;
    }

    abstract Emission advance();

    /// The next emission from above.
    final Emission pull() {
      if (upstream == null) {
        return Emission.END;
      }
      Emission next = upstream.next();
      if (next instanceof Value) {
        in++;
      }
      return next;
    }

    /// The failure of the record given last.
    final Failed fail(@Nullable Object record, Exception cause) {
      return fail(record, cause, 1);
    }

    final Failed fail(@Nullable Object record, Exception cause, int attempts) {
      return failAt(record, in - 1, cause, attempts);
    }

    final Failed failAt(@Nullable Object record, long index, Exception cause, int attempts) {
      failed++;
      return new Failed(new Failure(record, name, index, attempts, cause, null));
    }

    /// What a call gives, with its retries.
    final Emission call(
        @Nullable Object record, CallOptions options, Callable<@Nullable Object> call) {
      Retry retry = options.retry();
      for (int attempt = 1; ; attempt++) {
        try {
          return new Value(call.call());
        } catch (Exception e) {
          try {
            if (retry == null || !retry.again(attempt, e)) {
              return fail(record, e, attempt);
            }
          } catch (Exception inCondition) {
            return fail(record, inCondition, attempt);
          }
        }
      }
    }

    final StepSummary summary() {
      return new StepSummary(name, upstream == null ? out : in, out, failed, 0, 0);
    }
  }
}
