package dev.penstock.files;

import dev.penstock.objects.ObjectStore;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.StageWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the one file of a run.
final class OneFileWriter<T> implements StageWriter<T, StagedFiles> {
  private final FileFormat<T> format;
  private final ObjectStore store;
  private final String key;
  private @Nullable OpenFile<T> file;
  private long bytesStaged;

  OneFileWriter(FileFormat<T> format, ObjectStore store, String key) {
    this.format = format;
    this.store = store;
    this.key = key;
  }

  @Override
  public void write(T record) throws Exception {
    file().write(record);
  }

  private OpenFile<T> file() throws IOException {
    OpenFile<T> open = file;
    if (open == null) {
      open = OpenFile.create(format, store, key);
      file = open;
    }
    return open;
  }

  /// A run without records gives a file without records.
  @Override
  public StagedFiles stage(Cut cut) throws IOException {
    if (!cut.last()) {
      throw new IllegalStateException(
          "a single file is written by one commit only, at the end of a run: write into a directory, with %s.files"
              .formatted(format.name()));
    }
    OpenFile<T> open = file();
    bytesStaged = open.bytes();
    file = null;
    return new StagedFiles(List.of(open.stage(Map.of())));
  }

  @Override
  public void discard() throws IOException {
    OpenFile<T> open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public long bytes() {
    OpenFile<T> open = file;
    return open == null ? bytesStaged : open.bytes();
  }

  @Override
  public void close() throws IOException {
    try (store) {
      discard();
    }
  }
}
