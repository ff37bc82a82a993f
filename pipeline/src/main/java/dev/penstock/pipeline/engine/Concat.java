package dev.penstock.pipeline.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One input after the other; each is opened when the one before has ended. The cuts of each pass,
/// but only the last input ends the run.
final class Concat implements Puller {
  private final List<PullSegment> inputs;
  private final Meter meter;
  private int at;

  Concat(List<PullSegment> inputs, Meter meter) {
    this.inputs = inputs;
    this.meter = meter;
  }

  @Override
  public @Nullable Object pull(long until) {
    while (at < inputs.size()) {
      Object next = inputs.get(at).pull(Long.MAX_VALUE);
      if (next instanceof Mark mark && mark.last && at + 1 < inputs.size()) {
        return mark.asLast(false);
      }
      if (next != Signal.END) {
        if (!(next instanceof Signal)) {
          meter.out++;
        }
        return next;
      }
      at++;
    }
    return Signal.END;
  }

  @Override
  public long coordinate() {
    return 0;
  }

  @Override
  public @Nullable Piece piece() {
    return current().piece();
  }

  @Override
  public long number() {
    return current().number();
  }

  private Traced current() {
    return inputs.get(Math.min(at, inputs.size() - 1));
  }
}
