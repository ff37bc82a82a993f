package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Step;
import org.jspecify.annotations.Nullable;

/// A stage with another one after it. What a subclass does not speak of passes on. All have a
/// constructor of the same shape, by which [Specializer] makes copies of them.
abstract class Link extends Stage {
  final Segment segment;
  final Meter meter;
  final Stage down;

  /// How many stages of the segment lie between this one and its end.
  final int place;

  Link(Step step, Segment segment, Meter meter, Stage down) {
    this.segment = segment;
    this.meter = meter;
    this.down = down;
    place = segment.add(this);
  }

  @Override
  boolean fail(Failure failure) {
    return down.fail(failure);
  }

  @Override
  void mark(Mark mark) {
    down.mark(mark);
  }

  @Override
  void end() {
    down.end();
  }

  /// Hands on what was held back, unless a step below wants nothing more: the steps between must
  /// not see it then.
  final boolean release(@Nullable Object held) {
    if (segment.isStoppedBelow(this)) {
      return false;
    }
    meter.out++;
    return down.push(held);
  }

  /// Hands a failure on after what was held back before it.
  final boolean release(Failure failure) {
    return !segment.isStoppedBelow(this) && down.fail(failure);
  }

  /// Sends the failure of a call on in its record's place; interruption is none.
  final boolean failed(@Nullable Object record, Exception e) {
    if (e instanceof InterruptedException) {
      throw Sneaky.raise(e);
    }
    Failure failure = new Failure(record, meter.name, meter.in() - 1, 1, e, segment.position());
    meter.failed++;
    return release(failure);
  }
}
