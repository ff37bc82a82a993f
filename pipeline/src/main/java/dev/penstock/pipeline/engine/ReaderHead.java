package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.run.PlanRefused;
import dev.penstock.pipeline.run.SourceFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a connector's source, chunk by chunk.
final class ReaderHead extends Head {
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Source<?> source;
  private final Meter meter;
  private @Nullable Reader<?> reader;
  private @Nullable List<Split> splits;

  /// Where to go on; splits that are not in it are read from their start.
  private Map<Split, Position> from = Map.of();

  private @Nullable Chunk<?> chunk;
  private @Nullable Piece piece;

  /// The one before, which the record that was pushed last is of until one of `piece` is.
  private @Nullable Piece pieceBefore;

  private int next;
  private int failuresInARow;

  /// Splits that are assigned only when those before them have come to their end.
  private Iterator<Map.Entry<Split, Optional<Position>>> later = Collections.emptyIterator();

  /// Records that were read and could not be made.
  private long unmade;

  /// Notes what is read; null in a run without positions.
  private final @Nullable ReadLog log;

  /// What stands before the names of its splits, to tell them from those of other sources.
  private final String prefix;

  /// Whether a cut is made wherever one split ends and another begins, because the sink keeps them
  /// apart. Splits that would come mixed are read one after another then: each change would end a
  /// unit. Not those that a broker hands out: for these the sink has a lane each.
  boolean cutBetweenSplits;

  private @Nullable Split lane;

  /// The splits that a broker hands out; null where none does.
  private @Nullable GroupSplits group;

  ReaderHead(
      Segment segment,
      Stage first,
      Meter meter,
      Source<?> source,
      @Nullable ReadLog log,
      String prefix) {
    super(segment, first);
    this.source = source;
    this.meter = meter;
    this.log = log;
    this.prefix = prefix;
  }

  /// The splits of the source; none where a broker hands them out.
  List<Split> discover() {
    List<Split> known = splits;
    if (known == null) {
      try {
        known = source.traits().contains(Trait.GROUP) ? List.of() : source.discover();
      } catch (Exception e) {
        throw Sneaky.raise(e);
      }
      splits = known;
    }
    return known;
  }

  /// The splits by the names that the run knows them by.
  List<Split> named() {
    return discover().stream().map(this::named).toList();
  }

  private Split named(Split split) {
    return prefix.isEmpty() ? split : new Split(prefix + split.id());
  }

  Source<?> source() {
    return source;
  }

  /// How many records there are; where the source knows its bytes only, how many there will be if
  /// the rest are as long as those before.
  OptionalLong size() {
    OptionalLong known = source.size();
    OptionalLong all = known.isPresent() ? OptionalLong.empty() : source.bytes();
    long read = bytes();
    return all.isEmpty() || read == 0
        ? known
        : OptionalLong.of(Math.round((double) sequence() * all.getAsLong() / read));
  }

  /// Lets a broker hand out the splits.
  void joins(GroupSplits group) {
    this.group = group;
  }

  boolean isGroup() {
    return source.traits().contains(Trait.GROUP);
  }

  OptionalLong lag() {
    return reader == null ? OptionalLong.empty() : reader.lag();
  }

  /// Tells the reader what is committed.
  void committed(Map<Split, Position> at) {
    if (reader != null) {
      reader.committed(at);
    }
  }

  /// Goes on from these positions, by named split, when it is opened.
  void from(Map<Split, Position> positions) {
    from = positions;
  }

  /// Opens the source, if it is not open.
  void open() {
    if (reader != null) {
      return;
    }
    try {
      GroupSplits broker = group;
      Reader<?> opened = source.open(broker == null ? NoBroker.INSTANCE : broker);
      segment.run.onClose(opened);
      segment.run.onStop(opened::wakeUp);
      if (broker != null) {
        segment.run.onClose(broker); // before the reader, which may wait for it
        reader = opened;
        return;
      }
      Map<Split, Optional<Position>> assigned = new LinkedHashMap<>();
      for (Split split : discover()) {
        assigned.put(split, Optional.ofNullable(from.get(named(split))));
      }
      reader = opened;
      if (cutBetweenSplits && source.traits().contains(Trait.INTERLEAVED)) {
        later = assigned.entrySet().iterator();
        assignNext();
      } else {
        opened.assign(assigned);
      }
    } catch (Exception e) {
      throw Sneaky.raise(e);
    }
  }

  private boolean assignNext() throws Exception {
    if (!later.hasNext()) {
      return false;
    }
    Map.Entry<Split, Optional<Position>> next = later.next();
    Objects.requireNonNull(reader).assign(Map.of(next.getKey(), next.getValue()));
    return true;
  }

  long bytes() {
    return reader == null ? 0 : reader.bytes();
  }

  private boolean poll() {
    open();
    segment.state = Segment.WAITING;
    Chunk<?> polled;
    try {
      polled = Objects.requireNonNull(reader).poll(PATIENCE);
      if (polled == null && assignNext()) {
        return true;
      }
    } catch (Exception e) {
      failedPoll(e);
      return true;
    }
    segment.state = Segment.BUSY;
    failuresInARow = 0;
    if (polled == null) {
      return false;
    }
    Split split = named(polled.split());
    if (log != null && cutBetweenSplits) {
      changeLane(split);
    }
    if (polled.size() > 0) {
      begin(new Piece(sequence(), split, polled, polled.size()));
    }
    chunk = polled;
    next = 0;
    return true;
  }

  private void begin(Piece read) {
    pieceBefore = piece;
    piece = read;
    if (log != null) {
      log.add(read);
    }
  }

  /// Stops in the middle of a chunk whose split is to be given back.
  ///
  /// @return whether steps were made to send out what they held back; before another record is
  ///   pushed, that has to be settled
  private boolean leaveSplits() {
    GroupSplits broker = group;
    if (broker == null) {
      return false;
    }
    Set<Split> leaving = broker.leaving();
    if (leaving.isEmpty()) {
      return false;
    }
    Chunk<?> from = chunk;
    if (from != null && next < from.size() && leaving.contains(from.split())) {
      next = from.size();
      Objects.requireNonNull(log).endAt(sequence());
    }
    if (!broker.stopped(leaving, sequence()) || cuts != null) {
      return false;
    }
    flush();
    return true;
  }

  private void changeLane(Split split) {
    if (cuts != null && !split.equals(lane)) {
      lane = split;
      Mark mark = cuts.mark(sequence(), false);
      mark.lane = split;
      first.mark(mark);
    }
  }

  private void failedPoll(Exception e) {
    if (e instanceof InterruptedException) {
      throw Sneaky.raise(e);
    }
    if (++failuresInARow > IteratorHead.FAILURES_IN_A_ROW) {
      throw new SourceFailed(
          meter.name + " failed " + failuresInARow + " times in a row without giving a record", e);
    }
    meter.failed++;
    first.fail(new Failure(null, meter.name, meter.out, 1, e, null));
  }

  @Override
  boolean advance() {
    if (log != null && settle()) {
      return true;
    }
    if (leaveSplits()) {
      return true;
    }
    Chunk<?> from = chunk;
    if (from == null || next >= from.size()) {
      return poll();
    }
    push(from, next++);
    return true;
  }

  private boolean push(Chunk<?> from, int index) {
    Object record;
    try {
      record = from.get(index);
    } catch (Exception e) {
      return failedRecord(e);
    }
    meter.out++;
    return first.push(record);
  }

  /// A record that cannot be made counts as read: its position passes like any other's.
  private boolean failedRecord(Exception e) {
    if (e instanceof InterruptedException) {
      throw Sneaky.raise(e);
    }
    long before = sequence();
    meter.failed++;
    unmade++;
    Failure failure = new Failure(null, meter.name, before, 1, e, position());
    return first.fail(failure);
  }

  @Override
  void drain() {
    while (!segment.stopped) {
      segment.run.check();
      settle();
      if (leaveSplits()) {
        settle();
      }
      if (!poll()) {
        return;
      }
      Chunk<?> from = chunk;
      if (from != null && next < from.size()) {
        if (log == null) {
          plain(from);
        } else {
          resumable(from);
        }
      }
    }
  }

  private void plain(Chunk<?> from) {
    int size = from.size();
    Stage to = first;
    for (int i = 0; i < size; i++) {
      Object record;
      try {
        record = from.get(i);
      } catch (Exception e) {
        if (!failedRecord(e)) {
          return;
        }
        continue;
      }
      meter.out++;
      if (!to.push(record)) {
        return;
      }
    }
    next = size;
  }

  private void resumable(Chunk<?> from) {
    int size = from.size();
    while (next < size) {
      if (leaveSplits()) {
        settle();
      } else if (next < size) { // else the rest of the chunk was given back
        boolean more = push(from, next++);
        if (!more && segment.stopped) {
          return;
        }
        settle();
      }
    }
  }

  @Override
  long sequence() {
    return meter.out + unmade;
  }

  @Override
  public @Nullable Piece piece() {
    Piece read = piece;
    return read != null && read.before() < sequence() ? read : pieceBefore;
  }

  @Override
  public long number() {
    return sequence();
  }

  /// Bounded sources have no broker that hands out their splits.
  private enum NoBroker implements Assignments {
    INSTANCE;

    @Override
    public Map<Split, Optional<Position>> gained(Set<Split> splits) {
      throw new PlanRefused(
          "what is read by a group has to be written to a sink, by a pipeline with no other source: positions are kept with what is written");
    }

    @Override
    public void leaving(Set<Split> splits, Instant deadline) {
      gained(splits);
    }

    @Override
    public void lost(Set<Split> splits) {
      gained(splits);
    }
  }
}
