package dev.penstock.files;

import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Records from files, one split for each file. A run can be resumed as long as the files stay as
/// they are; one that has changed fails the run. Which files there are is looked up when a run
/// begins.
///
/// @param <T> the type of the records
public final class FilesSource<T> implements Source<T> {
  private static final long serialVersionUID = 1L;

  private final FileSet files;
  private final FileReading<T> reading;
  private transient volatile long bytes = -1;

  FilesSource(FileSet files, FileReading<T> reading) {
    this.files = files;
    this.reading = reading;
  }

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.SEEKABLE, Trait.SPLITTABLE, Trait.BOUNDED);
  }

  @Override
  public List<Split> discover() throws IOException {
    List<Split> splits = new ArrayList<>();
    long total = 0;
    for (DataFile file : files.find()) {
      splits.addAll(reading.splits(file));
      total += file.size();
    }
    bytes = total;
    return splits;
  }

  @Override
  public Reader<T> open(Assignments events) {
    return new FilesReader<>(files, reading);
  }

  /// The sizes of all files, compressed as they are.
  @Override
  public OptionalLong bytes() {
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  @Override
  public String describe() {
    return reading.name() + ".read(" + files + ")";
  }

  @Override
  public String toString() {
    return describe();
  }
}
