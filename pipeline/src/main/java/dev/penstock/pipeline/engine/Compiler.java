package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Turns a plan into stages, from its end up. A segment ends where a step has threads of its own:
/// the stages above are pulled by it, and a new head begins below.
final class Compiler {
  private final Run run;
  private final boolean special;
  private final boolean resumable;
  private final Injectors injectors = new Injectors();
  private final List<StatefulLink> stateful = new ArrayList<>();
  private int segments;
  private @Nullable SinkStage sink;

  /// @param special whether so many records are to come that stages get classes of their own
  /// @param resumable whether positions are kept
  Compiler(Run run, boolean special, boolean resumable) {
    this.run = run;
    this.special = special;
    this.resumable = resumable;
  }

  /// Compiles a plan whose records are handed to `terminal`; a plan that ends in a sink brings its
  /// own.
  Head compile(Step plan, Stage terminal) {
    Segment segment = segment(false);
    if (plan instanceof Step.To to) {
      Meter meter = new Meter(to, true);
      SinkStage end = sinkStage(to, segment, meter);
      run.onClose(end);
      run.gauges.add(meter, segment);
      sink = end;
      return head(to.upstream(), end, segment, meter);
    }
    run.onClose(terminal);
    return head(plan, terminal, segment, null);
  }

  /// A plan that is pulled.
  PullSegment pulled(Step plan) {
    return pulled(plan, null);
  }

  Injectors injectors() {
    return injectors;
  }

  List<StatefulLink> stateful() {
    return stateful;
  }

  @Nullable SinkStage sink() {
    return sink;
  }

  private Segment segment(boolean pulled) {
    return new Segment(run, segments++, pulled);
  }

  @SuppressWarnings("unchecked")
  private static SinkStage sinkStage(Step.To step, Segment segment, Meter meter) {
    return switch (step.sink()) {
      case PlainSink<?> plain ->
          new PlainSinkStage(step, (PlainSink<Object>) plain, segment, meter);
      case TransactionalSink<?> tx ->
          new TxSinkStage(step, (TransactionalSink<Object>) tx, segment, meter);
      case StagedSink<?, ?> staged ->
          new StagedSinkStage<>(step, (StagedSink<Object, ?>) staged, segment, meter);
    };
  }

  private PullSegment pulled(Step step, @Nullable Meter below) {
    Segment segment = segment(true);
    Hold hold = new Hold();
    return new PullSegment(segment, head(step, hold, segment, below), hold);
  }

  private Head head(Step step, Stage down, Segment segment, @Nullable Meter below) {
    return switch (step) {
      case Step.Origin origin -> origin(origin, down, segment, below);
      case Step.Link link -> link(link, down, segment, below);
      case Step.Junction junction -> {
        Meter meter = meter(junction, true, segment, below);
        int source = injectors.nextSource();
        Puller inputs = junction(junction, meter);
        yield injectors.add(new PullHead(segment, down, inputs), junction, source);
      }
    };
  }

  private Head origin(Step.Origin origin, Stage down, Segment segment, @Nullable Meter below) {
    Meter meter = meter(origin, true, segment, below);
    if (origin instanceof Step.Read(var source)) {
      int number = injectors.nextSource();
      ReadLog log = resumable ? new ReadLog() : null;
      ReaderHead head = new ReaderHead(segment, down, meter, source, log, Injectors.prefix(number));
      run.gauges.bytes(head::bytes);
      run.gauges.size(head::size);
      run.gauges.lag(head::lag);
      injectors.add(head, log);
      return injectors.add(head, origin, number);
    }
    OptionalLong size = Origins.size(origin);
    run.gauges.size(() -> size);
    return special
        ? (Head)
            Specializer.make(
                IteratorHead.class,
                null,
                down,
                IteratorHead.CONSTRUCTOR,
                segment,
                down,
                meter,
                Origins.opener(origin))
        : new IteratorHead(segment, down, meter, Origins.opener(origin));
  }

  private Head link(Step.Link step, Stage down, Segment segment, @Nullable Meter below) {
    return switch (step) {
      case Step.Map map when map.options().concurrent() ->
          concurrent(map, map.options(), down, segment, below);
      case Step.Tap tap when tap.options().concurrent() ->
          concurrent(tap, tap.options(), down, segment, below);
      case Step.FlatMap flatMap when !flatMap.options().equals(CallOptions.NONE) ->
          flatMap(flatMap, down, segment, below);
      case Step.Buffer buffer -> {
        Meter meter = meter(buffer, false, segment, below);
        int source = injectors.nextSource();
        Ahead ahead = ahead(buffer, buffer.size(), meter);
        yield injectors.add(new PullHead(segment, down, ahead), buffer.upstream(), source);
      }
      // a batch that closes in time must not depend on the next record: something has to wait
      // beside the source
      case Step.Batch batch when batch.batching().within() != null -> {
        yield segment.pulled
            ? pushedAhead(batch, down, segment, below)
            : timed(batch, down, segment, below);
      }
      default -> {
        Meter meter = meter(step, counts(step), segment, below);
        yield head(step.upstream(), staged(step, segment, meter, down), segment, meter);
      }
    };
  }

  private static boolean counts(Step.Link step) {
    return step instanceof Step.FlatMap
        || step instanceof Step.Batch
        || step instanceof Step.Window
        || step instanceof Step.Take
        || step instanceof Step.TakeWhile;
  }

  /// Reads what is above a step on a thread of its own.
  private Ahead ahead(Step.Link step, int window, Meter meter) {
    // the steps below count what was taken: what is above may be far ahead of them
    Meter passed = new Meter(step, true);
    meter.upstreams.add(passed);
    Ahead ahead = new Ahead(run, window, passed);
    ahead.reads(head(step.upstream(), ahead, segment(false), passed));
    run.gauges.waiting(meter, ahead);
    return ahead;
  }

  private Head timed(Step.Batch step, Stage down, Segment segment, @Nullable Meter below) {
    Meter meter = meter(step, true, segment, below);
    int source = injectors.nextSource();
    TimedHead head = new TimedHead(segment, staged(step, segment, meter, down), resumable);
    head.reads(head(step.upstream(), head.entry(), segment(false), meter));
    return injectors.add(head, step.upstream(), source);
  }

  /// A batch that ends in time has to be pushed, whenever somebody asks for it: it is made ahead.
  private Head pushedAhead(Step.Batch step, Stage down, Segment segment, @Nullable Meter below) {
    Meter passed = new Meter(step, true);
    if (below != null) {
      below.upstreams.add(passed);
    }
    int source = injectors.nextSource();
    int batches = Math.max(1, CallOptions.NONE.effectiveWindow() / step.batching().size());
    Ahead ahead = new Ahead(run, batches, passed);
    ahead.reads(head(step, ahead, segment(false), passed));
    return injectors.add(new PullHead(segment, down, ahead), step, source);
  }

  private Head concurrent(
      Step.Link step, CallOptions options, Stage down, Segment segment, @Nullable Meter below) {
    Meter meter = meter(step, true, segment, below);
    int source = injectors.nextSource();
    Ring ring =
        new Ring(
            run,
            meter.name,
            pulled(step.upstream(), meter),
            new Call(step, run, meter),
            meter,
            options.concurrency(),
            options.effectiveWindow(),
            options.ordered());
    run.gauges.waiting(meter, ring);
    return injectors.add(new PullHead(segment, down, ring), step, source);
  }

  /// The function is called as a map's would be, then its iterables are taken apart.
  private Head flatMap(Step.FlatMap step, Stage down, Segment segment, @Nullable Meter below) {
    CallOptions options = step.options();
    CallOptions alone =
        new CallOptions(1, true, 0, options.retry(), options.timeout(), options.rate());
    if (!alone.equals(CallOptions.NONE)) {
      Fn<@Nullable Object, @Nullable Object> call = step.fn()::apply;
      Fn<@Nullable Object, Iterable<?>> apart =
          iterable -> (Iterable<?>) Objects.requireNonNull(iterable);
      CallOptions rest =
          new CallOptions(options.concurrency(), options.ordered(), 0, null, null, null);
      return head(
          new Step.FlatMap(new Step.Map(step.upstream(), call, alone), apart, rest),
          down,
          segment,
          below);
    }
    Meter meter = meter(step, true, segment, below);
    if (!Resumability.isInterleaved(options)) {
      return head(step.upstream(), staged(step, segment, meter, down), segment, meter);
    }
    int source = injectors.nextSource();
    PullSegment upstream = pulled(step.upstream(), meter);
    Interleave children = new Interleave(run, upstream, step, meter);
    return injectors.add(new PullHead(segment, down, children), step, source);
  }

  private Puller junction(Step.Junction junction, Meter meter) {
    return switch (junction) {
      case Step.Zip zip -> zip(zip, meter);
      case Step.Concat concat -> new Concat(inputs(concat, meter), meter);
      case Step.Merge merge -> new Merge(run, inputs(merge, meter), meter);
    };
  }

  private Zip zip(Step.Zip step, Meter meter) {
    int before = injectors.heads();
    int leftSource = injectors.nextSource();
    PullSegment left = pulled(step.left(), meter);
    int rightSource = injectors.nextSource();
    PullSegment right = pulled(step.right(), meter);
    return new Zip(left, right, step, meter, injectors.zipped(leftSource, rightSource, before));
  }

  private List<PullSegment> inputs(Step.Junction junction, Meter meter) {
    List<PullSegment> inputs = new ArrayList<>();
    for (Step input : junction.upstreams()) {
      inputs.add(pulled(input, meter));
    }
    return inputs;
  }

  private Meter meter(Step step, boolean counted, Segment segment, @Nullable Meter below) {
    Meter meter = new Meter(step, counted);
    if (below != null) {
      below.upstreams.add(meter);
    }
    run.gauges.add(meter, segment);
    return meter;
  }

  private Link staged(Step.Link step, Segment segment, Meter meter, Stage down) {
    Link stage = Stages.of(step, segment, meter, down, special);
    run.onClose(stage);
    if (stage instanceof StatefulLink link && Resumability.isStateful(step)) {
      link.stateName =
          Injectors.prefix(injectors.nextSource())
              + depth(step)
              + ":"
              + step.getClass().getSimpleName();
      stateful.add(link);
    }
    return stage;
  }

  /// How many steps lie between the leftmost source and this one, itself included.
  private static int depth(Step step) {
    int depth = 0;
    Step at = step;
    while (!(at instanceof Step.Origin)) {
      depth++;
      at = at.upstreams().getFirst();
    }
    return depth;
  }
}
