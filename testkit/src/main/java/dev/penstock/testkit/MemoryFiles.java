package dev.penstock.testkit;

import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.testkit.Faults.Point;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A staged target in memory: objects that are uploaded, logged and published, with strict account
/// of that order.
///
/// @param <T> the type of the records
public final class MemoryFiles<T> implements StagedSink<T, MemoryFiles.Upload> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient Store<T> store;
  private final transient Faults faults;

  /// An object that is uploaded, but not visible.
  ///
  /// @param id names it for good
  /// @param lane whose records it holds
  public record Upload(int id, String lane) {}

  private static final class Store<T> {
    final MemoryLog log = new MemoryLog();
    final Map<Integer, List<T>> staged = new LinkedHashMap<>();
    final Map<Integer, List<T>> visible = new LinkedHashMap<>();
    int uploads;
  }

  /// An empty bucket.
  public MemoryFiles(String name) {
    this(name, new Store<>(), Faults.none());
  }

  private MemoryFiles(String name, Store<T> store, Faults faults) {
    this.name = name;
    this.store = store;
    this.faults = faults;
  }

  /// The same bucket, used by this process.
  public MemoryFiles<T> in(Faults process) {
    return new MemoryFiles<>(name, store, process);
  }

  /// The records of all visible objects.
  public List<T> content() {
    synchronized (store) {
      List<T> all = new ArrayList<>();
      store.visible.values().forEach(all::addAll);
      return all;
    }
  }

  /// How many objects are visible.
  public int objects() {
    synchronized (store) {
      return store.visible.size();
    }
  }

  /// How many uploads are neither published nor discarded.
  public int stagedLeft() {
    synchronized (store) {
      return store.staged.size();
    }
  }

  /// What the engine did against the rules; empty for a good one.
  public List<String> violations() {
    return store.log.violations();
  }

  @Override
  public CommitLog log() {
    faults.requireAlive();
    return store.log.open(faults);
  }

  @Override
  public StageWriter<T, Upload> open(Split lane, Optional<Position> from) {
    faults.requireAlive();
    return new Writer(lane);
  }

  @Override
  public void publish(Upload upload) {
    faults.pass(Point.BEFORE_PUBLISH);
    synchronized (store) {
      if (!store.log.names(encode(upload))) {
        store.log.violated(upload + " was published without being logged");
      }
      List<T> records = store.staged.remove(upload.id());
      if (records != null) {
        store.visible.put(upload.id(), records);
      } else if (!store.visible.containsKey(upload.id())) {
        store.log.violated(upload + " was published after it had been removed");
      }
    }
    faults.pass(Point.AFTER_PUBLISH);
  }

  @Override
  public void discard(Upload upload) {
    faults.requireAlive();
    synchronized (store) {
      if (store.log.names(encode(upload))) {
        store.log.violated(upload + " was discarded although it is logged");
      }
      store.staged.remove(upload.id());
    }
  }

  @Override
  public byte[] encode(Upload upload) {
    return (upload.id() + " " + upload.lane()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Upload decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int space = text.indexOf(' ');
    return new Upload(Integer.parseInt(text.substring(0, space)), text.substring(space + 1));
  }

  @Override
  public String describe() {
    return "Memory.files(" + name + ")";
  }

  private final class Writer implements StageWriter<T, Upload> {
    private final Split lane;
    private final List<T> open = new ArrayList<>();
    private boolean closed;

    Writer(Split lane) {
      this.lane = lane;
    }

    @Override
    public void write(T record) {
      requireOpen();
      open.add(record);
      faults.pass(Point.WRITE);
    }

    @Override
    public Upload stage(Cut cut) {
      requireOpen();
      faults.pass(Point.BEFORE_STAGE);
      cut.to()
          .forEach((split, to) -> {
            if (!split.equals(lane) && !to.equals(cut.from().get(split))) {
              store.log.violated(split + " moved to " + to + " in a stage of lane " + lane);
            }
          });
      Upload upload;
      synchronized (store) {
        upload = new Upload(++store.uploads, lane.id());
        store.staged.put(upload.id(), List.copyOf(open));
      }
      open.clear();
      faults.pass(Point.AFTER_STAGE);
      return upload;
    }

    @Override
    public void discard() {
      requireOpen();
      open.clear();
    }

    @Override
    public void close() {
      closed = true;
      open.clear();
    }

    private void requireOpen() {
      faults.requireAlive();
      if (closed) {
        throw new IllegalStateException(describe() + " was used after closing");
      }
    }
  }
}
