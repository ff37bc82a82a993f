package dev.penstock.http;

import dev.penstock.pipeline.connector.PlainWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Sends records to an API, several requests at once if wanted.
///
/// A batch that is refused for what it holds is halved until the bad records stand alone.
final class Deliveries<T> implements PlainWriter<T> {
  private final Api api;
  private final Letters<T> letters;
  private final int batch;
  private final int concurrency;
  private final Semaphore free;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytes = new AtomicLong();
  private List<T> open = new ArrayList<>();

  /// What was refused and not told yet; guarded by itself.
  private final List<Refused<T>> refused = new ArrayList<>();

  /// Why nothing more can be sent.
  private volatile @Nullable Exception broken;

  private record Refused<T>(T record, Exception why) {}

  Deliveries(Api api, Letters<T> letters, int batch, int concurrency) {
    this.api = api;
    this.letters = letters;
    this.batch = batch;
    this.concurrency = concurrency;
    this.free = new Semaphore(concurrency);
  }

  @Override
  public void write(T record) throws Exception {
    throwBroken();
    if (batch == 1 && concurrency == 1) {
      send(List.of(record));
      return;
    }
    open.add(record);
    if (open.size() >= batch) {
      dispatch();
    }
  }

  private void dispatch() throws Exception {
    List<T> records = open;
    open = new ArrayList<>();
    if (concurrency == 1) {
      deliver(records);
      return;
    }
    free.acquire();
    Thread thread = Thread.ofVirtual().name("http-delivery").unstarted(() -> inBackground(records));
    threads.add(thread);
    thread.start();
  }

  private void inBackground(List<T> records) {
    try {
      deliver(records);
    } catch (Exception e) {
      if (broken == null) {
        broken = e;
      }
    } finally {
      threads.remove(Thread.currentThread());
      free.release();
    }
  }

  private void deliver(List<T> records) throws Exception {
    try {
      send(records);
    } catch (RefusedByServer | IllegalArgumentException e) {
      if (records.size() == 1) {
        synchronized (refused) {
          refused.add(new Refused<>(records.getFirst(), e));
        }
        return;
      }
      int half = records.size() / 2;
      deliver(records.subList(0, half));
      deliver(records.subList(half, records.size()));
    }
  }

  private void send(List<T> records) throws Exception {
    Api.Request request = letters.letter(api, records, batch > 1);
    try {
      api.persistently(request);
    } catch (HttpFailed e) {
      throw letters.isRefusal(e) ? new RefusedByServer(e) : e;
    }
    byte[] body = request.body();
    bytes.addAndGet(body == null ? 0 : body.length);
  }

  private void throwBroken() throws Exception {
    Exception cause = broken;
    if (cause != null) {
      throw cause;
    }
  }

  @Override
  public void flush() throws Exception {
    if (!open.isEmpty()) {
      dispatch();
    }
    free.acquire(concurrency);
    free.release(concurrency);
    throwBroken();
  }

  @Override
  public void refused(BiConsumer<? super T, Exception> each) {
    List<Refused<T>> taken;
    synchronized (refused) {
      taken = List.copyOf(refused);
      refused.clear();
    }
    taken.forEach(one -> each.accept(one.record(), one.why()));
  }

  @Override
  public long bytes() {
    return bytes.get();
  }

  /// What was not flushed is of a run that failed: nobody waits for its answers.
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    free.acquireUninterruptibly(concurrency);
    free.release(concurrency);
  }
}
