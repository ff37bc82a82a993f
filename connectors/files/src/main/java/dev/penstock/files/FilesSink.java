package dev.penstock.files;

import dev.penstock.data.DataSize;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.StoreSink;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import dev.penstock.pipeline.plan.Within;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Records into files, of a local directory or of a store like S3. What stands under a final name
/// is whole, whatever happens: it is written where nobody sees it, made durable, and gets its name
/// at once.
///
/// A resumable run writes into a directory, each file with the records of one split between two
/// commits; which files belong to it is logged in the directory's `_penstock`. A run that is not
/// resumable needs a directory without files of the same format, so that two runs are never mixed.
///
/// @param <T> the type of the records
public final class FilesSink<T> implements StoreSink<T, StagedFiles> {
  private static final long serialVersionUID = 1L;

  private final FileFormat<T> format;
  private final StoreLocation directory;

  /// The name of the one file; empty for files that are numbered.
  private final String file;

  private final Roll roll;
  private final @Nullable Partitioning<T> partitioning;
  private final boolean append;

  private FilesSink(
      FileFormat<T> format,
      StoreLocation directory,
      String file,
      Roll roll,
      @Nullable Partitioning<T> partitioning,
      boolean append) {
    this.format = format;
    this.directory = directory;
    this.file = file;
    this.roll = roll;
    this.partitioning = partitioning;
    this.append = append;
  }

  static <T> FilesSink<T> oneFile(FileFormat<T> format, Path file) {
    if (file.getFileName() == null || Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a directory, and no name for a file");
    }
    return oneFile(format, StoreLocation.of(file.toAbsolutePath()));
  }

  static <T> FilesSink<T> oneFile(FileFormat<T> format, StoreLocation file) {
    return new FilesSink<>(format, file.parent(), file.name(), Roll.NEVER, null, false);
  }

  static <T> FilesSink<T> directory(FileFormat<T> format, StoreLocation directory) {
    return new FilesSink<>(format, directory, "", Roll.NEVER, null, false);
  }

  /// Begins a new file after so many records.
  public FilesSink<T> roll(long records) {
    return rolling(roll.records(records));
  }

  /// Begins a new file when one has about this size.
  public FilesSink<T> roll(DataSize size) {
    return rolling(roll.size(size));
  }

  /// Ends files after a while, also when nothing more comes. In a resumable run, records are seen
  /// and committed when their file ends, so that this replaces what the run is told of commits.
  public FilesSink<T> roll(Within within) {
    return rolling(roll.within(within));
  }

  /// Begins a new file after so many records, or a while: whatever comes first.
  public FilesSink<T> roll(long records, Within within) {
    return roll(records).roll(within);
  }

  /// Begins a new file when one has about this size, or after a while: whatever comes first.
  public FilesSink<T> roll(DataSize size, Within within) {
    return roll(size).roll(within);
  }

  /// Writes each record below the directory that is told for it: `partitionedBy((path, trip) ->
  /// path.source("taxi").date(trip.pickupAt()))`.
  public FilesSink<T> partitionedBy(Partitioning<T> partitioning) {
    requireDirectory("be partitioned");
    return new FilesSink<>(format, directory, file, roll, partitioning, append);
  }

  /// Goes on numbering after the files that are in the directory, instead of refusing it.
  public FilesSink<T> append() {
    requireDirectory("be appended to");
    return new FilesSink<>(format, directory, file, roll, partitioning, true);
  }

  private FilesSink<T> rolling(Roll changed) {
    requireDirectory("roll");
    return new FilesSink<>(format, directory, file, changed, partitioning, append);
  }

  private void requireDirectory(String what) {
    if (isOneFile()) {
      throw new IllegalArgumentException(
          "a single file cannot %s: write into a directory, with %s.files"
              .formatted(what, format.name()));
    }
  }

  private boolean isOneFile() {
    return !file.isEmpty();
  }

  @Override
  public StoreLocation location() {
    return directory;
  }

  @Override
  public String format() {
    return format.name();
  }

  @Override
  public Optional<String> notResumable() {
    return isOneFile()
        ? Optional.of("it is one file, and each commit needs a file of its own")
        : Optional.empty();
  }

  @Override
  public CommitLog log() throws IOException {
    if (isOneFile()) {
      throw new IllegalStateException(
          "%s cannot be resumed, because each commit needs a file of its own: write into a directory, with %s.files"
              .formatted(describe(), format.name()));
    }
    return new StoreLog(ObjectStore.open(directory));
  }

  @Override
  public Optional<Duration> pace() {
    return Optional.ofNullable(roll.within());
  }

  @Override
  public StageWriter<T, StagedFiles> open(Split lane, Optional<Position> from) throws IOException {
    ObjectStore store = ObjectStore.open(directory);
    try {
      abortLeft(store);
      if (isOneFile()) {
        return new OneFileWriter<>(format, store, file);
      }
      PartNames names =
          PartNames.of(store, format.extension(), lane, from, append, partitioning != null);
      return new FilesWriter<>(format, store, roll, partitioning, lane, names);
    } catch (Throwable e) {
      store.close();
      throw e;
    }
  }

  /// Removes what writers left of which the store knows that they are dead, except what a log entry
  /// names: that waits to be published. Of others, who may live, the log knows at a claim.
  private static void abortLeft(ObjectStore store) throws IOException {
    List<StagedObject> left =
        store.unfinished("").stream().filter(each -> each.key().isEmpty()).toList();
    if (left.isEmpty()) {
      return; // usually so, and reading the logs is much more work
    }
    Set<String> named = StoreLog.stagedUploads(store);
    for (StagedObject each : left) {
      if (!named.contains(each.upload())) {
        store.abort(each);
      }
    }
  }

  /// Makes the files visible. One that is there already was published by an earlier call.
  @Override
  public void publish(StagedFiles staged) throws IOException {
    try (ObjectStore store = ObjectStore.open(directory)) {
      for (StagedObject one : staged.files()) {
        store.complete(one);
      }
    }
  }

  @Override
  public void discard(StagedFiles staged) throws IOException {
    try (ObjectStore store = ObjectStore.open(directory)) {
      for (StagedObject one : staged.files()) {
        store.abort(one);
      }
    }
  }

  @Override
  public byte[] encode(StagedFiles staged) {
    return staged.encode();
  }

  @Override
  public StagedFiles decode(byte[] bytes) {
    return StagedFiles.decode(bytes);
  }

  @Override
  public String describe() {
    return format.name() + (isOneFile() ? ".write(" : ".files(") + directory.at(file).shown() + ")";
  }

  @Override
  public String toString() {
    return describe();
  }
}
