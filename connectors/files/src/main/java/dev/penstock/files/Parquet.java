package dev.penstock.files;

import dev.penstock.data.Row;
import dev.penstock.files.parquet.FilterColumn;
import dev.penstock.objects.StoreLocation;
import java.nio.file.Path;
import java.util.List;

/// Parquet files, to read from and to write to.
///
/// A record's components find their columns by name, and only these columns are read. Numbers
/// become each other wherever a value is kept exactly, so that an `Integer` component reads a
/// column of doubles that holds whole numbers; a value that would change is the failure of its
/// record, as is a null for a primitive component. A column that is missing or of a type that
/// cannot fit fails the read before the first record.
public final class Parquet {
  private Parquet() {}

  /// Reads a file into records.
  public static <T> ParquetSource<T> read(Path file, Class<T> record) {
    return ParquetSource.of(FileSet.of(file), record);
  }

  /// Reads the files that match a pattern, in the order of their names, into records:
  /// `trips/*.parquet`.
  public static <T> ParquetSource<T> read(String pattern, Class<T> record) {
    return ParquetSource.of(FileSet.of(pattern), record);
  }

  /// Reads files, one after the other, into records.
  public static <T> ParquetSource<T> read(List<Path> files, Class<T> record) {
    return ParquetSource.of(FileSet.of(files), record);
  }

  /// Reads an object, or all that match a pattern, into records:
  /// `ObjectStore.s3("lake").at("trips/*.parquet").by(connection("lake"))`.
  public static <T> ParquetSource<T> read(StoreLocation location, Class<T> record) {
    return ParquetSource.of(FileSet.of(location), record);
  }

  /// Reads all columns of a file.
  public static ParquetSource<Row> read(Path file) {
    return read(file, Row.class);
  }

  /// Reads all columns of the files that match a pattern.
  public static ParquetSource<Row> read(String pattern) {
    return read(pattern, Row.class);
  }

  /// Reads all columns of files, one after the other.
  public static ParquetSource<Row> read(List<Path> files) {
    return read(files, Row.class);
  }

  /// A column to filter by: `read(file,
  /// Trip.class).where(column("passenger_count").notEqualTo(0))`.
  public static FilterColumn column(String name) {
    return new FilterColumn(name);
  }

  /// Writes one file, which is there, whole, when the run has completed; an older one is replaced.
  public static <T> FilesSink<T> write(Path file, Class<T> record) {
    return ParquetFormat.DEFAULT.write(file, record);
  }

  /// Writes files into a directory; how large is told by the `roll` methods.
  public static <T> FilesSink<T> files(Class<T> record, Path directory) {
    return ParquetFormat.DEFAULT.files(record, directory);
  }

  /// Writes objects below a location.
  public static <T> FilesSink<T> files(Class<T> record, StoreLocation location) {
    return ParquetFormat.DEFAULT.files(record, location);
  }

  /// Writes one object.
  public static <T> FilesSink<T> write(StoreLocation object, Class<T> record) {
    return ParquetFormat.DEFAULT.write(object, record);
  }

  /// How files are written, to be changed: `Parquet.format().snappy().write(file, Trip.class)`.
  ///
  /// Timestamps are kept to the microsecond, rounded down. A `BigDecimal` component becomes a
  /// decimal of 38 digits, 18 of them after the point; one that does not fit is the failure of its
  /// record.
  public static ParquetFormat format() {
    return ParquetFormat.DEFAULT;
  }
}
