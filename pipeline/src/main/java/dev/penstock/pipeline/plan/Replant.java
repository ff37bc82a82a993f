package dev.penstock.pipeline.plan;

import java.util.ArrayList;
import java.util.List;

/// A plan set on another origin, from one of its steps on: what stood above that step is left out.
public final class Replant {
  private Replant() {}

  /// The plan with `origin` above the step of this name.
  ///
  /// @param step as [Explain#name] shows it, and failures tell it
  /// @throws IllegalArgumentException when it is not one step between the sink and the first
  ///   junction above it
  public static Step.To at(Step.To plan, String step, Step origin) {
    List<Step.Link> named =
        links(plan).stream().filter(link -> Explain.name(link).equals(step)).toList();
    if (named.size() > 1) {
      throw new IllegalArgumentException(
          named.size()
              + " steps are called "
              + step
              + ": which of them it was is not known; let functions be methods, such as this::parse,"
              + " and their steps have names of their own");
    }
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          step + " is not a step between the sink and the first step that joins pipelines");
    }
    if (named.getFirst() instanceof Step.Catching) {
      throw new IllegalArgumentException(
          "what failed is what "
              + step
              + " does with a failure, and the failure is not kept: only its record is");
    }
    return (Step.To) above(plan, named.getFirst(), origin);
  }

  private static List<Step.Link> links(Step.To plan) {
    List<Step.Link> links = new ArrayList<>();
    for (Step at = plan; at instanceof Step.Link link; at = link.upstream()) {
      links.add(link);
    }
    return links;
  }

  private static Step.Link above(Step.Link link, Step.Link wanted, Step origin) {
    return link == wanted
        ? with(link, origin)
        : with(link, above((Step.Link) link.upstream(), wanted, origin));
  }

  private static Step.Link with(Step.Link link, Step upstream) {
    return switch (link) {
      case Step.Map(_, var fn, var options) -> new Step.Map(upstream, fn, options);
      case Step.Tap(_, var action, var options) -> new Step.Tap(upstream, action, options);
      case Step.FlatMap(_, var fn, var options) -> new Step.FlatMap(upstream, fn, options);
      case Step.Filter(_, var keep) -> new Step.Filter(upstream, keep);
      case Step.Batch(_, var key, var batching) -> new Step.Batch(upstream, key, batching);
      case Step.Throttle(_, var limiter) -> new Step.Throttle(upstream, limiter);
      case Step.Buffer(_, int size) -> new Step.Buffer(upstream, size);
      case Step.Take(_, long count) -> new Step.Take(upstream, count);
      case Step.Skip(_, long count) -> new Step.Skip(upstream, count);
      case Step.TakeWhile(_, var check) -> new Step.TakeWhile(upstream, check);
      case Step.DropWhile(_, var check) -> new Step.DropWhile(upstream, check);
      case Step.Distinct(_, var key, int size) -> new Step.Distinct(upstream, key, size);
      case Step.DistinctConsecutive(_, var key) -> new Step.DistinctConsecutive(upstream, key);
      case Step.ZipWithIndex _ -> new Step.ZipWithIndex(upstream);
      case Step.Scan(_, var initial, var fn) -> new Step.Scan(upstream, initial, fn);
      case Step.Window(_, int size, int every) -> new Step.Window(upstream, size, every);
      case Step.Observe(_, var subject, var how) -> new Step.Observe(upstream, subject, how);
      case Step.Catching(_, var settings) -> new Step.Catching(upstream, settings);
      case Step.ErrorBudget(_, var budget) -> new Step.ErrorBudget(upstream, budget);
      case Step.To(_, var sink, var rejected) -> new Step.To(upstream, sink, rejected);
    };
  }
}
