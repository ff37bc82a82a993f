package dev.penstock.files;

import dev.penstock.files.StagedFiles.StagedFile;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes the files of one lane, under hidden names until they are published.
final class FilesWriter<T> implements StageWriter<T, StagedFiles> {
  private final FileFormat<T> format;
  private final Path directory;
  private final String oneFile;
  private final Roll roll;
  private final Split lane;
  private final StagingArea area;
  private final List<Path> finished = new ArrayList<>();
  private @Nullable Path path;
  private @Nullable RecordFileWriter<T> file;
  private long records;
  private long bytesFinished;
  private int stages;

  FilesWriter(FileFormat<T> format, Path directory, String oneFile, Roll roll, Split lane)
      throws IOException {
    this.format = format;
    this.directory = directory;
    this.oneFile = oneFile;
    this.roll = roll;
    this.lane = lane;
    StagingArea.clean(directory, LocalCommitLog.stagedFiles(directory));
    boolean resumable = Files.isDirectory(directory.resolve(LocalCommitLog.DIRECTORY));
    if (oneFile.isEmpty() && !resumable && Files.isDirectory(directory)) {
      refuseOtherFiles(); // before the work is done, not after it
    }
    this.area = StagingArea.open(directory);
  }

  @Override
  public void write(T record) throws Exception {
    RecordFileWriter<T> open = file == null ? begin() : file;
    open.write(record);
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
    try (open) {
      open.finish();
    } catch (IOException e) {
      throw new IOException(
          "cannot write a file in " + DataFile.shown(directory) + ": " + TextInput.reason(e), e);
    }
    DurableFiles.force(hidden);
    bytesFinished += Files.size(hidden);
    finished.add(hidden);
    file = null;
    path = null;
  }

  @Override
  public boolean full() {
    return !finished.isEmpty();
  }

  @Override
  public StagedFiles stage(Cut cut) throws Exception {
    boolean single = !oneFile.isEmpty();
    if (single && stages++ > 0) {
      throw new IllegalStateException("a single file is written by one commit only");
    }
    if (single && file == null) {
      begin(); // a run without records gives a file without records
    }
    if (file != null) {
      finish(file);
    }
    FileNames names = single ? _ -> oneFile : cut.to().isEmpty() ? numbers() : units(cut);
    List<StagedFile> staged = new ArrayList<>();
    for (Path hidden : finished) {
      staged.add(new StagedFile(hidden.getFileName().toString(), names.name(staged.size())));
    }
    if (!staged.isEmpty()) {
      DurableFiles.forceDirectory(directory);
    }
    finished.clear();
    return new StagedFiles(staged);
  }

  /// The final name of the n-th file of a stage.
  private interface FileNames {
    String name(int n);
  }

  /// `part-00000.csv` and so on.
  private FileNames numbers() throws IOException {
    refuseOtherFiles();
    return n -> "part-%05d.%s".formatted(n, format.extension());
  }

  /// A directory with files of the format is refused: two runs would be mixed.
  private void refuseOtherFiles() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      Optional<String> there =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !name.startsWith(".") && name.endsWith("." + format.extension()))
              .min(Comparator.naturalOrder());
      if (there.isPresent()) {
        throw new BadFile(
            "%s has files already, like %s: write into an empty directory, or remove them"
                .formatted(DataFile.shown(directory), there.get()));
      }
    }
  }

  /// Names that say which records of which split a file holds, so that no two units ever share one.
  private FileNames units(Cut cut) {
    Position from = cut.from().get(lane);
    String split = Digest.shortOf(lane.id());
    String unit = from == null ? "start" : Digest.shortOf(from.text());
    return n -> "part-%s-%s-%05d.%s".formatted(split, unit, n, format.extension());
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
