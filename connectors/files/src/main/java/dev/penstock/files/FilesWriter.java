package dev.penstock.files;

import dev.penstock.files.StagedFiles.StagedFile;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.StageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the files of one lane, under hidden names until they are published.
final class FilesWriter<T> implements StageWriter<T, StagedFiles> {
  private final FileFormat<T> format;
  private final Path directory;
  private final Roll roll;
  private final FinalNames names;
  private final StagingArea area;
  private final List<Path> finished = new ArrayList<>();
  private @Nullable Path path;
  private @Nullable RecordFileWriter<T> file;
  private long records;
  private long bytesFinished;

  /// How the files of a stage will be called.
  sealed interface FinalNames {
    /// Files of a directory.
    record Parts(PartNames names) implements FinalNames {}

    /// The one file of this name.
    record Single(String name) implements FinalNames {}
  }

  FilesWriter(FileFormat<T> format, Path directory, Roll roll, FinalNames names)
      throws IOException {
    this.format = format;
    this.directory = directory;
    this.roll = roll;
    this.names = names;
    StagingArea.clean(directory);
    if (names instanceof FinalNames.Parts(PartNames parts)) {
      parts.requireRoom(); // before the work is done, not after it
    }
    this.area = StagingArea.open(directory);
  }

  @Override
  public void write(T record) throws Exception {
    RecordFileWriter<T> open = file == null ? begin() : file;
    try {
      open.write(record);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    records++;
    if (roll.reached(records, open.bytes())) {
      finish(open);
    }
  }

  private RecordFileWriter<T> begin() throws IOException {
    Path hidden = area.newFile();
    path = hidden;
    file = format.create(hidden);
    records = 0;
    return file;
  }

  private void finish(RecordFileWriter<T> open) throws IOException {
    Path hidden = path;
    if (hidden == null) {
      throw new IllegalStateException("no file is open");
    }
    try {
      try (open) {
        open.finish();
      }
      DurableFiles.force(hidden);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    bytesFinished += Files.size(hidden);
    finished.add(hidden);
    file = null;
    path = null;
  }

  /// What the system says of a full disk names no file.
  private IOException cannotWrite(IOException e) {
    return new IOException(
        "cannot write a file in " + DataFile.shown(directory) + ": " + TextInput.reason(e), e);
  }

  @Override
  public boolean full() {
    return !finished.isEmpty();
  }

  @Override
  public StagedFiles stage(Cut cut) throws Exception {
    if (names instanceof FinalNames.Single && !cut.last()) {
      throw new IllegalStateException(
          "a single file is written by one commit only, at the end of a run: write into a directory, with %s.files"
              .formatted(format.name()));
    }
    if (names instanceof FinalNames.Single && file == null) {
      begin(); // a run without records gives a file without records
    }
    if (file != null) {
      finish(file);
    }
    List<String> finals =
        switch (names) {
          case FinalNames.Parts(PartNames parts) -> parts.of(cut, finished.size());
          case FinalNames.Single(String name) -> List.of(name);
        };
    List<StagedFile> staged = new ArrayList<>();
    for (Path hidden : finished) {
      staged.add(new StagedFile(hidden.getFileName().toString(), finals.get(staged.size())));
    }
    if (!staged.isEmpty()) {
      DurableFiles.forceDirectory(directory);
    }
    finished.clear();
    return new StagedFiles(staged);
  }

  @Override
  public void discard() throws IOException {
    RecordFileWriter<T> open = file;
    file = null;
    if (open != null) {
      open.close();
    }
    if (path != null) {
      Files.deleteIfExists(path);
      path = null;
    }
    for (Path hidden : finished) {
      Files.deleteIfExists(hidden);
    }
    finished.clear();
  }

  @Override
  public long bytes() {
    RecordFileWriter<T> open = file;
    return bytesFinished + (open == null ? 0 : open.bytes());
  }

  @Override
  public void close() throws IOException {
    try (area) {
      discard();
    }
  }
}
