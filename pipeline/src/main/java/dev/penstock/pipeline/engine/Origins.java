package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Durations;
import dev.penstock.pipeline.plan.LongRange;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.plan.Supply;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The iterators behind the origins that are not connectors. What has to be closed is handed to the
/// run.
final class Origins {
  private Origins() {}

  /// Makes the iterator of a run.
  interface Opener {
    Iterator<?> open(Run run) throws Exception;
  }

  static Opener opener(Step.Origin origin) {
    return switch (origin) {
      case Step.Over over -> _ -> over.items().iterator();
      case Step.Iterate iterate -> run -> closing(run, iterate.iterators().get());
      case Step.Generate generate -> _ -> new Generated(generate.supply());
      case Step.Streams streams ->
          run -> {
            Stream<?> stream = streams.streams().get();
            run.onClose(stream);
            return stream.iterator();
          };
      case Step.Lines lines -> run -> new Lines(run, lines);
      case Step.Poll poll -> _ -> new Polled(poll.queue(), poll.idle());
      case Step.Read read -> throw new IllegalArgumentException("has a reader: " + read);
    };
  }

  static OptionalLong size(Step.Origin origin) {
    if (origin instanceof Step.Over(Iterable<?> items)) {
      if (items instanceof Collection<?> collection) {
        return OptionalLong.of(collection.size());
      }
      if (items instanceof LongRange(long from, long to)) {
        return OptionalLong.of(Math.max(0, to - from));
      }
    }
    return OptionalLong.empty();
  }

  private static Iterator<?> closing(Run run, Iterator<?> iterator) {
    if (iterator instanceof AutoCloseable closeable) {
      run.onClose(closeable);
    }
    return iterator;
  }

  private record Generated(Supply<?> supply) implements Iterator<@Nullable Object> {
    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public @Nullable Object next() {
      try {
        return supply.get();
      } catch (Exception e) {
        throw Sneaky.raise(e);
      }
    }
  }

  private static final class Lines implements Iterator<String> {
    private final BufferedReader reader;
    private @Nullable String line;
    private boolean ended;

    Lines(Run run, Step.Lines lines) throws IOException {
      try {
        reader = Files.newBufferedReader(lines.file(), lines.charset());
      } catch (NoSuchFileException e) {
        throw new FileNotFoundException("no such file: " + lines.file().toAbsolutePath());
      }
      run.onClose(reader);
    }

    @Override
    public boolean hasNext() {
      if (line == null && !ended) {
        try {
          line = reader.readLine();
        } catch (IOException e) {
          throw Sneaky.raise(e);
        }
        ended = line == null;
      }
      return !ended;
    }

    @Override
    public String next() {
      if (!hasNext() || line == null) {
        throw new NoSuchElementException();
      }
      String next = line;
      line = null;
      return next;
    }
  }

  private static final class Polled implements Iterator<Object> {
    private final BlockingQueue<?> queue;
    private final @Nullable Duration idle;
    private @Nullable Object next;

    Polled(BlockingQueue<?> queue, @Nullable Duration idle) {
      this.queue = queue;
      this.idle = idle;
    }

    @Override
    public boolean hasNext() {
      try {
        if (next == null) {
          next =
              idle == null ? queue.take() : queue.poll(Durations.nanos(idle), TimeUnit.NANOSECONDS);
        }
      } catch (InterruptedException e) {
        throw Sneaky.raise(e);
      }
      return next != null;
    }

    @Override
    public Object next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Object taken = next;
      next = null;
      return taken;
    }
  }
}
