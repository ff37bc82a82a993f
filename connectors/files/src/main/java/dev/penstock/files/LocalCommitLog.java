package dev.penstock.files;

import dev.penstock.files.LogEntry.Name;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// A commit log in the target directory: `_penstock/<pipeline>/<split>/<number>.json`. An entry is
/// created, never changed: of several processes that want to write the next one, exactly one can. A
/// claim is an entry too, so that whoever claimed before finds its next number taken.
final class LocalCommitLog implements CommitLog {
  static final String DIRECTORY = "_penstock";

  /// How many entries before the newest are kept, for people to look at.
  private static final int KEPT = 1_000;

  private final Path root;

  private LocalCommitLog(Path root) {
    this.root = root;
  }

  static LocalCommitLog open(Path target) throws IOException {
    Path root = target.resolve(DIRECTORY);
    Files.createDirectories(root);
    return new LocalCommitLog(root);
  }

  @Override
  public Claim claim(String pipeline, Set<Split> splits) throws IOException {
    Map<Split, Position> positions = new HashMap<>();
    String claimId = UUID.randomUUID().toString();
    for (Split split : splits) {
      positions.put(split, claim(directory(pipeline, split), split, claimId));
    }
    return new LocalClaim(pipeline, claimId, positions);
  }

  private Path directory(String pipeline, Split split) throws IOException {
    Path directory = root.resolve(Name.of(pipeline)).resolve(Name.of(split.id()));
    Files.createDirectories(directory);
    DurableFiles.forceName(directory);
    return directory;
  }

  private static Position claim(Path directory, Split split, String claimId) throws IOException {
    while (true) {
      Optional<Path> newest = newest(directory);
      long number = newest.isEmpty() ? 0 : Name.number(newest.get());
      Optional<LogEntry> last =
          newest.isEmpty() ? Optional.empty() : Optional.of(LogEntry.read(newest.get()));
      LogEntry claim = LogEntry.claim(split, claimId, last);
      try {
        DurableFiles.create(directory.resolve(Name.of(number + 1)), claim.encode());
        prune(directory, number + 1);
        return new Position(directory, number + 1, claim);
      } catch (FileAlreadyExistsException e) {
        // another process claims at the same time: one after the other
      }
    }
  }

  private static Optional<Path> newest(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Name::isEntry).max(Comparator.comparing(Path::getFileName));
    }
  }

  /// Removes all entries but the newest ones. Each repeats what a successor needs.
  private static void prune(Path directory, long newest) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.filter(Name::isEntry).toList()) {
        if (Name.number(entry) < newest - KEPT) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  /// The hidden names that the newest entries of all pipelines in a target directory give.
  static Set<String> stagedFiles(Path target) throws IOException {
    Set<String> names = new HashSet<>();
    Path root = target.resolve(DIRECTORY);
    if (!Files.isDirectory(root)) {
      return names;
    }
    List<Path> splits;
    try (Stream<Path> directories = Files.walk(root, 2)) {
      splits =
          directories.filter(directory -> root.relativize(directory).getNameCount() == 2).toList();
    }
    for (Path split : splits) {
      Optional<Path> newest = newest(split);
      if (newest.isPresent()) {
        LogEntry.read(newest.get()).stagedFiles().forEach(file -> names.add(file.hidden()));
      }
    }
    return names;
  }

  @Override
  public void forget(String pipeline) throws IOException {
    Path directory = root.resolve(Name.of(pipeline));
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
    DurableFiles.forceDirectory(root);
  }

  @Override
  public void close() {}

  /// How far the log of one split is known.
  private record Position(Path directory, long number, LogEntry newest) {}

  private static final class LocalClaim implements Claim {
    private final String pipeline;
    private final String claimId;
    private final Map<Split, Position> positions;

    LocalClaim(String pipeline, String claimId, Map<Split, Position> positions) {
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
        Position at = positions.get(split);
        if (at == null) {
          throw new IllegalArgumentException("not claimed: " + split.id());
        }
        LogEntry entry = LogEntry.of(split, claimId, one.getValue());
        Path file = at.directory().resolve(Name.of(at.number() + 1));
        try {
          DurableFiles.create(file, entry.encode());
        } catch (FileAlreadyExistsException e) {
          throw new Fenced(
              "another process has claimed pipeline \"%s\" for %s".formatted(pipeline, split.id()));
        } catch (NoSuchFileException e) {
          throw new Fenced("the positions of pipeline \"%s\" were removed".formatted(pipeline));
        }
        positions.put(split, new Position(at.directory(), at.number() + 1, entry));
      }
    }
  }
}
