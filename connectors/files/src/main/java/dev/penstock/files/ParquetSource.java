package dev.penstock.files;

import dev.penstock.data.RecordType;
import dev.penstock.data.Row;
import dev.penstock.files.parquet.Condition;
import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// The rows of Parquet files. Each file is a split; a position in it is the number of rows read,
/// whatever filter was set.
///
/// @param <T> the record type, or [Row]
public final class ParquetSource<T> implements Source<T> {
  private static final long serialVersionUID = 1;

  private final FileSet files;
  private final ParquetReading<T> reading;
  private transient volatile long rows = -1;

  private ParquetSource(FileSet files, ParquetReading<T> reading) {
    this.files = files;
    this.reading = reading;
  }

  static <T> ParquetSource<T> of(FileSet files, Class<T> type) {
    if (type != Row.class) {
      var _ = RecordType.of(type); // refuses what is no record now, not when the run begins
    }
    return new ParquetSource<>(files, new ParquetReading<>(type, null));
  }

  /// The same source without the rows that do not meet a condition. Called again, both conditions
  /// must be met.
  public ParquetSource<T> where(Condition condition) {
    Condition before = reading.where();
    Condition both = before == null ? condition : before.and(condition);
    return new ParquetSource<>(files, new ParquetReading<>(reading.type(), both));
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.SEEKABLE, Trait.SPLITTABLE, Trait.BOUNDED);
  }

  @Override
  public List<Split> discover() throws IOException {
    List<Split> splits = new ArrayList<>();
    long total = 0;
    for (DataFile file : files.find()) {
      splits.addAll(reading.splits(file));
      total += ParquetReading.rows(file);
    }
    rows = total;
    return splits;
  }

  @Override
  public Reader<T> open(Assignments events) {
    return new FilesReader<>(files, reading);
  }

  /// The rows of all files; not known with a filter.
  @Override
  public OptionalLong size() {
    return rows < 0 || reading.where() != null ? OptionalLong.empty() : OptionalLong.of(rows);
  }

  @Override
  public String describe() {
    Condition where = reading.where();
    String read = "Parquet.read(" + files + ")";
    return where == null ? read : read + ".where(" + where.describe() + ")";
  }

  @Override
  public String toString() {
    return describe();
  }
}
