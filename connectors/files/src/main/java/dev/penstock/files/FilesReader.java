package dev.penstock.files;

import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one split after the other, in the order in which they were assigned.
final class FilesReader<T> implements Reader<T> {
  private final FileSet files;
  private final FileReading<T> reading;
  private final Map<Split, Optional<Position>> waiting = new LinkedHashMap<>();
  private @Nullable Split split;
  private @Nullable RecordFileReader<T> file;
  private long bytesOfClosed;

  FilesReader(FileSet files, FileReading<T> reading) {
    this.files = files;
    this.reading = reading;
  }

  @Override
  public void assign(Map<Split, Optional<Position>> from) {
    waiting.putAll(from);
  }

  @Override
  public @Nullable Chunk<T> poll(Duration upTo) throws IOException {
    while (true) {
      if (file == null) {
        Map.Entry<Split, Optional<Position>> next = next();
        if (next == null) {
          return null;
        }
        file = reading.open(files.file(next.getKey()), next.getKey(), next.getValue());
        split = next.getKey();
        waiting.remove(split);
      }
      Chunk<T> chunk = file.next();
      if (chunk != null) {
        return chunk;
      }
      closeFile();
    }
  }

  private Map.@Nullable Entry<Split, Optional<Position>> next() {
    return waiting.isEmpty() ? null : waiting.entrySet().iterator().next();
  }

  @Override
  public void release(Set<Split> splits) throws IOException {
    waiting.keySet().removeAll(splits);
    if (split != null && splits.contains(split)) {
      closeFile();
    }
  }

  @Override
  public long bytes() {
    RecordFileReader<T> open = file;
    return bytesOfClosed + (open == null ? 0 : open.bytes());
  }

  @Override
  public void close() throws IOException {
    waiting.clear();
    closeFile();
  }

  private void closeFile() throws IOException {
    RecordFileReader<T> open = file;
    file = null;
    split = null;
    if (open != null) {
      bytesOfClosed += open.bytes();
      open.close();
    }
  }
}
