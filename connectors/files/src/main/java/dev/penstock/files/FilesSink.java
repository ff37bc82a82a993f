package dev.penstock.files;

import dev.penstock.data.DataSize;
import dev.penstock.files.FilesWriter.FinalNames;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import dev.penstock.pipeline.connector.StagedSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Records into files. A file is written under a hidden name, made durable, and then given its
/// final name at once: what stands under a final name is whole, whatever happens.
///
/// A resumable run writes into a directory, each file with the records of one split between two
/// commits; which files belong to it is logged in the directory's `_penstock`. A run that is not
/// resumable needs a directory without files of the same format, so that two runs are never mixed.
///
/// @param <T> the type of the records
public final class FilesSink<T> implements StagedSink<T, StagedFiles> {
  private static final long serialVersionUID = 1L;

  private final FileFormat<T> format;
  private final String directory;

  /// The name of the one file; empty for files that are numbered.
  private final String file;

  private final Roll roll;
  private final boolean append;

  private FilesSink(
      FileFormat<T> format, String directory, String file, Roll roll, boolean append) {
    this.format = format;
    this.directory = directory;
    this.file = file;
    this.roll = roll;
    this.append = append;
  }

  static <T> FilesSink<T> oneFile(FileFormat<T> format, Path file) {
    Path name = file.getFileName();
    if (name == null || Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a directory, and no name for a file");
    }
    Path parent = file.toAbsolutePath().getParent();
    return new FilesSink<>(format, String.valueOf(parent), name.toString(), Roll.NEVER, false);
  }

  static <T> FilesSink<T> directory(FileFormat<T> format, Path directory) {
    return new FilesSink<>(format, directory.toString(), "", Roll.NEVER, false);
  }

  /// Begins a new file after so many records.
  public FilesSink<T> roll(long records) {
    return rolling(roll.records(records));
  }

  /// Begins a new file when one has about this size.
  public FilesSink<T> roll(DataSize size) {
    return rolling(roll.size(size));
  }

  /// Goes on numbering after the files that are in the directory, instead of refusing it.
  public FilesSink<T> append() {
    requireDirectory("be appended to");
    return new FilesSink<>(format, directory, file, roll, true);
  }

  private FilesSink<T> rolling(Roll changed) {
    requireDirectory("roll");
    return new FilesSink<>(format, directory, file, changed, append);
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

  private Path target() {
    return Path.of(directory).toAbsolutePath().normalize();
  }

  @Override
  public CommitLog log() throws IOException {
    if (isOneFile()) {
      throw new IllegalStateException(
          "%s cannot be resumed, because each commit needs a file of its own: write into a directory, with %s.files"
              .formatted(describe(), format.name()));
    }
    return LocalCommitLog.open(target());
  }

  @Override
  public StageWriter<T, StagedFiles> open(Split lane) throws IOException {
    FinalNames names =
        isOneFile()
            ? new FinalNames.Single(file)
            : new FinalNames.Parts(new PartNames(target(), format.extension(), lane, append));
    return new FilesWriter<>(format, target(), roll, names);
  }

  /// Gives the files their final names. A file that has its name already was published by an
  /// earlier call.
  @Override
  public void publish(StagedFiles staged) throws IOException {
    for (StagedFiles.StagedFile one : staged.files()) {
      Path hidden = target().resolve(one.hidden());
      Path name = target().resolve(one.name());
      if (Files.exists(hidden)) {
        DurableFiles.moveOver(hidden, name);
      } else if (!Files.exists(name)) {
        throw new BadFile(
            "%s was committed, but neither it nor %s is there: somebody removed it"
                .formatted(DataFile.shown(name), one.hidden()));
      }
    }
    if (!staged.files().isEmpty()) {
      DurableFiles.forceDirectory(target());
    }
  }

  @Override
  public void discard(StagedFiles staged) throws IOException {
    for (StagedFiles.StagedFile one : staged.files()) {
      Files.deleteIfExists(target().resolve(one.hidden()));
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
    Path shown = isOneFile() ? Path.of(directory, file) : Path.of(directory);
    return format.name() + (isOneFile() ? ".write(" : ".files(") + DataFile.shown(shown) + ")";
  }

  @Override
  public String toString() {
    return describe();
  }
}
