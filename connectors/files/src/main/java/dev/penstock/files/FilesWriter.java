package dev.penstock.files;

import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.UploadLost;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Writes the files of one lane, one at a time for each directory that records belong to.
final class FilesWriter<T> implements StageWriter<T, StagedFiles> {
  /// Each has buffers, and a row group of Parquet.
  private static final int MOST_OPEN = 64;

  private final FileFormat<T> format;
  private final ObjectStore store;
  private final Roll roll;
  private final @Nullable Partitioning<T> partitioning;
  private final Split lane;
  private final PartNames names;

  /// By directory.
  private final SequencedMap<String, OpenFile<T>> open = new LinkedHashMap<>();

  /// Where the record before went; almost always the next one goes there too.
  private PartitionPath lastPath = new PartitionPath();

  private final PartitionPath path = new PartitionPath();
  private String lastDirectory = "";

  /// Files that take no more records. In a resumable run they are ended with the unit, since they
  /// tell where it ends.
  private final List<OpenFile<T>> rolled = new ArrayList<>();

  private final List<StagedObject> staged = new ArrayList<>();

  /// Looked at by other threads, which may see an older number.
  private long bytes;

  FilesWriter(
      FileFormat<T> format,
      ObjectStore store,
      Roll roll,
      @Nullable Partitioning<T> partitioning,
      Split lane,
      PartNames names) {
    this.format = format;
    this.store = store;
    this.roll = roll;
    this.partitioning = partitioning;
    this.lane = lane;
    this.names = names;
  }

  @Override
  public void write(T record) throws Exception {
    String directory = directory(record);
    try {
      OpenFile<T> file = open.get(directory);
      if (file == null) {
        file = begin(directory);
      }
      long before = file.bytes();
      file.write(record);
      bytes += file.bytes() - before;
      if (roll.reached(file.records(), file.bytes())) {
        open.remove(directory);
        end(file);
      }
    } catch (UploadLost e) {
      throw fenced(e);
    }
  }

  private String directory(T record) {
    if (partitioning == null) {
      return "";
    }
    path.clear();
    PartitionPath of = partitioning.of(path, record);
    if (!of.isSame(lastPath) || lastDirectory.isEmpty()) {
      lastDirectory = of.directory();
      lastPath = of.copy();
    }
    return lastDirectory;
  }

  private OpenFile<T> begin(String directory) throws IOException {
    if (open.size() == MOST_OPEN) {
      end(open.pollFirstEntry().getValue());
    }
    OpenFile<T> file = OpenFile.create(format, store, names.next(directory));
    open.put(directory, file);
    return file;
  }

  private void end(OpenFile<T> file) throws IOException {
    if (lane.equals(Split.WHOLE)) {
      stage(file, Map.of());
    } else {
      rolled.add(file);
    }
  }

  private void stage(OpenFile<T> file, Map<String, String> about) throws IOException {
    long before = file.bytes();
    staged.add(file.stage(about));
    bytes += file.size() - before;
  }

  /// Whoever takes a split over removes what others have begun of it.
  private static Fenced fenced(UploadLost e) {
    Fenced fenced = new Fenced("another process has taken over: " + e.getMessage());
    fenced.initCause(e);
    return fenced;
  }

  @Override
  public boolean full() {
    return !rolled.isEmpty() || !staged.isEmpty();
  }

  @Override
  public StagedFiles stage(Cut cut) throws Exception {
    Map<String, String> about = about(cut);
    try {
      for (OpenFile<T> file : rolled) {
        stage(file, about);
      }
      for (OpenFile<T> file : open.values()) {
        stage(file, about);
      }
    } catch (UploadLost e) {
      throw fenced(e);
    }
    StagedFiles all = new StagedFiles(staged);
    rolled.clear();
    open.clear();
    staged.clear();
    names.begin(Optional.ofNullable(cut.to().get(lane)));
    return all;
  }

  /// Which records of which split the unit holds that the files belong to. All files of a unit tell
  /// the same: together they hold just that.
  private Map<String, String> about(Cut cut) {
    Position to = cut.to().get(lane);
    if (to == null) {
      return Map.of();
    }
    Position from = cut.from().get(lane);
    return Map.of(
        "penstock.split",
        lane.id(),
        "penstock.from",
        from == null ? "" : from.text(),
        "penstock.to",
        to.text(),
        "penstock.files",
        "" + (rolled.size() + open.size()));
  }

  @Override
  public void discard() throws IOException {
    rolled.addAll(open.values());
    open.clear();
    for (OpenFile<T> file : rolled) {
      file.close();
    }
    rolled.clear();
    for (StagedObject object : staged) {
      store.abort(object);
    }
    staged.clear();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    try (store) {
      discard();
    }
  }
}
