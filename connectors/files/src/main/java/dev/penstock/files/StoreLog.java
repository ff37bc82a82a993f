package dev.penstock.files;

import dev.penstock.data.position.KeptPosition;
import dev.penstock.files.LogEntry.Name;
import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.ObjectInfo;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StagedObject;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.UnknownOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A commit log in the target: `_penstock/<pipeline>/<split>/<number>.json`. An entry is created,
/// never changed: of several processes that want to write the next one, exactly one can. A claim is
/// an entry too, so that whoever claimed before finds its next number taken.
final class StoreLog implements CommitLog {
  static final String DIRECTORY = "_penstock";

  /// How long entries are kept besides the newest. A process that was stopped in the middle of
  /// creating one must find its number taken when it is woken.
  private static final Duration KEPT = Duration.ofDays(7);

  private final ObjectStore store;

  /// @param store is closed with the log
  StoreLog(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Claim claim(String pipeline, Set<Split> splits) throws IOException {
    Map<Split, At> positions = new ConcurrentHashMap<>();
    String claimId = UUID.randomUUID().toString();
    // before the claim: what is begun after it may be a later claimer's, who will log it
    List<StagedObject> begun = splits.isEmpty() ? List.of() : store.unfinished("");
    for (Split split : splits) {
      String directory = directory(pipeline) + Name.of(split.id()) + "/";
      At claimed = next(directory, last -> LogEntry.claim(split, claimId, last));
      abort(split, begun, claimed.newest());
      positions.put(split, claimed);
    }
    return new StoreClaim(pipeline, claimId, positions);
  }

  /// Removes what earlier claimers have begun: what the last entry does not name, nobody can log
  /// any more.
  private void abort(Split split, List<StagedObject> begun, LogEntry last) throws IOException {
    List<String> named = last.stagedFiles().stream().map(StagedObject::upload).toList();
    for (StagedObject each : begun) {
      if (PartNames.isOf(split, each.key()) && !named.contains(each.upload())) {
        store.abort(each);
      }
    }
  }

  private static String directory(String pipeline) {
    return DIRECTORY + "/" + Name.of(pipeline) + "/";
  }

  @FunctionalInterface
  private interface Following {
    LogEntry after(Optional<LogEntry> last);
  }

  /// Adds an entry, whatever others do at the same time: one after the other.
  private At next(String directory, Following following) throws IOException {
    while (true) {
      TreeMap<String, Instant> entries = entries(directory);
      Map.Entry<String, Instant> newest = entries.lastEntry();
      long number = newest == null ? 0 : Name.number(newest.getKey());
      LogEntry entry =
          following.after(newest == null ? Optional.empty() : Optional.of(read(newest.getKey())));
      if (store.create(directory + Name.of(number + 1), entry.encode())) {
        if (newest != null) {
          prune(entries, newest.getValue().minus(KEPT));
        }
        return new At(directory, number + 1, entry);
      }
    }
  }

  private void prune(Map<String, Instant> entries, Instant oldestKept) throws IOException {
    for (Map.Entry<String, Instant> each : entries.entrySet()) {
      if (each.getValue().isBefore(oldestKept)) {
        store.delete(each.getKey());
      }
    }
  }

  /// By key, in their order, with when they were written.
  private TreeMap<String, Instant> entries(String directory) throws IOException {
    TreeMap<String, Instant> entries = new TreeMap<>();
    try (Stream<ObjectInfo> all = store.list(directory, "")) {
      all.filter(each -> Name.isEntry(each.key()))
          .forEach(each -> entries.put(each.key(), each.modified()));
    }
    return entries;
  }

  private LogEntry read(String key) throws IOException {
    return LogEntry.decode(content(key), store.shown(key));
  }

  private byte[] content(String key) throws IOException {
    try (ReadableObject object = store.read(key);
        InputStream in = object.stream(0)) {
      return in.readAllBytes();
    }
  }

  /// The newest entries below a prefix, of each split of each pipeline.
  private Collection<LogEntry> newest(String prefix) throws IOException {
    Map<String, LogEntry> entries = new TreeMap<>();
    for (String key : newestKeys(prefix)) {
      entries.put(key, read(key));
    }
    return entries.values();
  }

  private Collection<String> newestKeys(String prefix) throws IOException {
    Map<String, String> newest = new TreeMap<>();
    for (String key : entries(prefix).keySet()) {
      newest.put(key.substring(0, key.lastIndexOf('/')), key);
    }
    return newest.values();
  }

  /// Where all pipelines stand that write here, by the names of their directories, which for
  /// unusual names of pipelines are others.
  List<KeptPosition> positions() throws IOException {
    List<KeptPosition> positions = new ArrayList<>();
    for (String key : newestKeys(DIRECTORY + "/")) {
      LogEntry entry = read(key);
      byte @Nullable [] to = entry.to();
      if (to != null) {
        String pipeline = key.split("/")[1];
        positions.add(
            new KeptPosition(
                pipeline, entry.split(), Name.number(key), new String(to, StandardCharsets.UTF_8)));
      }
    }
    return positions;
  }

  /// The uploads that the newest entries of all pipelines name.
  static Set<String> stagedUploads(ObjectStore store) throws IOException {
    Set<String> uploads = new HashSet<>();
    for (LogEntry entry : new StoreLog(store).newest(DIRECTORY + "/")) {
      entry.stagedFiles().forEach(staged -> uploads.add(staged.upload()));
    }
    return uploads;
  }

  @Override
  public Set<Split> known(String pipeline) throws IOException {
    Set<Split> known = new HashSet<>();
    for (LogEntry entry : newest(directory(pipeline))) {
      if (entry.to() != null) {
        known.add(new Split(entry.split()));
      }
    }
    return known;
  }

  /// Adds entries that tell nothing. If the old ones were removed, whoever has claimed them could
  /// go on.
  @Override
  public void forget(String pipeline) throws IOException {
    for (LogEntry newest : newest(directory(pipeline))) {
      Split split = new Split(newest.split());
      String claimId = UUID.randomUUID().toString();
      next(
          directory(pipeline) + Name.of(split.id()) + "/",
          _ -> LogEntry.claim(split, claimId, Optional.empty()));
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  /// How far the log of one split is known.
  private record At(String directory, long number, LogEntry newest) {}

  private final class StoreClaim implements Claim {
    private final String pipeline;
    private final String claimId;
    private final Map<Split, At> positions;

    StoreClaim(String pipeline, String claimId, Map<Split, At> positions) {
      this.pipeline = pipeline;
      this.claimId = claimId;
      this.positions = positions;
    }

    @Override
    public String pipeline() {
      return pipeline;
    }

    @Override
    public Map<Split, Entry> last() {
      Map<Split, Entry> last = new HashMap<>();
      positions.forEach((split, at) -> {
        if (at.newest().to() != null) {
          last.put(split, at.newest().entry(at.number()));
        }
      });
      return last;
    }

    /// The numbers are the log's own, since claims count too. Of several splits the earlier may
    /// have been added when a later one is fenced; a writer of this sink has one split only.
    @Override
    public void append(Map<Split, Entry> next) throws Exception {
      for (Map.Entry<Split, Entry> one : next.entrySet()) {
        Split split = one.getKey();
        At at = positions.get(split);
        if (at == null) {
          throw new IllegalArgumentException("not claimed: " + split.id());
        }
        LogEntry entry = LogEntry.of(split, claimId, one.getValue());
        append(split, at.directory() + Name.of(at.number() + 1), entry.encode());
        positions.put(split, new At(at.directory(), at.number() + 1, entry));
      }
    }

    /// A request may be sent twice, and the second find what the first has made: only another's
    /// entry is a fence. To take one's own for another's would be to throw away what it names.
    private void append(Split split, String key, byte[] entry) throws Fenced, UnknownOutcome {
      try {
        if (!store.create(key, entry) && !isThere(key, entry)) {
          throw new Fenced(
              "another process has claimed pipeline \"%s\" for %s".formatted(pipeline, split.id()));
        }
      } catch (IOException e) {
        throw new UnknownOutcome(
            "whether %s was written is not known: %s"
                .formatted(store.shown(key), TextInput.reason(e)),
            e);
      }
    }

    private boolean isThere(String key, byte[] entry) throws IOException {
      try {
        return Arrays.equals(content(key), entry);
      } catch (NoSuchObject e) {
        return false;
      }
    }
  }
}
