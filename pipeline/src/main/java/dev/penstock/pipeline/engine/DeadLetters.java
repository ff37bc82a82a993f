package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.PlainWriter;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.connector.TxWriter;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Failure;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes dead letters to a sink of their own: at-least-once, always flushed before the positions
/// they lie below are committed. The sink is opened by the first of them.
final class DeadLetters implements AutoCloseable {
  private static final Cut MORE_FOLLOW = new Cut(Map.of(), Map.of(), Map.of(), false);

  private final Sink<DeadLetter> sink;
  private final Run run;
  private final Meter meter;
  private @Nullable Target target;

  /// The three kinds of writers, as one.
  private interface Target extends AutoCloseable {
    void write(DeadLetter letter) throws Exception;

    void flush() throws Exception;
  }

  DeadLetters(Sink<DeadLetter> sink, Run run, Meter meter) {
    this.sink = sink;
    this.run = run;
    this.meter = meter;
  }

  void write(Failure failure) {
    try {
      Target open = target;
      if (open == null) {
        open = open();
        target = open;
      }
      DeadLetter letter = DeadLetter.of(run.name(), failure, run.clock.instant());
      open.write(letter);
      run.deadLettered(failure, letter);
    } catch (Exception e) {
      e.addSuppressed(failure.toThrow());
      throw Sneaky.raise(e);
    }
    meter.deadLettered++;
  }

  void flush() {
    try {
      if (target != null) {
        target.flush();
      }
    } catch (Exception e) {
      throw Sneaky.raise(e);
    }
  }

  @Override
  public void close() throws Exception {
    Target open = target;
    if (open == null) {
      return;
    }
    // a run that fails must not lose the letters that say why
    try (open) {
      open.flush();
    }
  }

  private Target open() throws Exception {
    return switch (sink) {
      case PlainSink<DeadLetter> plain -> plain(plain.open());
      case TransactionalSink<DeadLetter> transactional -> transactional(transactional.open(null));
      case StagedSink<DeadLetter, ?> staged -> staged(staged);
    };
  }

  private static Target plain(PlainWriter<DeadLetter> writer) {
    return new Target() {
      @Override
      public void write(DeadLetter letter) throws Exception {
        writer.write(letter);
      }

      @Override
      public void flush() throws Exception {
        writer.flush();
      }

      @Override
      public void close() throws Exception {
        writer.close();
      }
    };
  }

  private static Target transactional(TxWriter<DeadLetter> writer) {
    return new Target() {
      private boolean dirty;

      @Override
      public void write(DeadLetter letter) throws Exception {
        writer.write(letter);
        dirty = true;
      }

      @Override
      public void flush() throws Exception {
        if (dirty) {
          writer.commit(MORE_FOLLOW);
          dirty = false;
        }
      }

      @Override
      public void close() throws Exception {
        writer.close();
      }
    };
  }

  private static <S> Target staged(StagedSink<DeadLetter, S> sink) throws Exception {
    StageWriter<DeadLetter, S> writer = sink.open(Split.WHOLE, Optional.empty());
    return new Target() {
      private boolean dirty;

      @Override
      public void write(DeadLetter letter) throws Exception {
        writer.write(letter);
        dirty = true;
      }

      @Override
      public void flush() throws Exception {
        if (dirty) {
          sink.publish(writer.stage(MORE_FOLLOW));
          dirty = false;
        }
      }

      @Override
      public void close() throws Exception {
        writer.close();
      }
    };
  }
}
