package dev.penstock.files;

import dev.penstock.data.Row;
import dev.penstock.objects.StoreLocation;
import java.nio.file.Path;
import java.util.List;

/// CSV files: RFC 4180 in UTF-8, the first record is the header. For other files there is
/// [#format].
///
/// Files whose names end with `.gz` or `.zst` are read and written compressed. Lines end with LF or
/// CRLF when read, with LF when written. An empty field without quotes is null, `""` is the empty
/// text. Columns are found by the rules of [dev.penstock.data.ColumnMatch], fields are read by
/// those of [dev.penstock.data.TextParser].
///
/// A record with a bad field, with too few or too many fields, or with a broken quote, fails as a
/// [BadRecord]; reading can go on after it. A record with a broken quote is taken to end with its
/// first line.
public final class Csv {
  private Csv() {}

  /// The format to begin with.
  public static CsvFormat format() {
    return CsvFormat.STANDARD;
  }

  /// Reads a file, or all files of a pattern like `data/*.csv`, into records.
  public static <T> FilesSource<T> read(String pathOrPattern, Class<T> type) {
    return CsvFormat.STANDARD.read(pathOrPattern, type);
  }

  /// Reads a file into records.
  public static <T> FilesSource<T> read(Path file, Class<T> type) {
    return CsvFormat.STANDARD.read(file, type);
  }

  /// Reads files into records, in this order.
  public static <T> FilesSource<T> read(List<Path> files, Class<T> type) {
    return CsvFormat.STANDARD.read(files, type);
  }

  /// Reads a file, or all files of a pattern, into rows of texts.
  public static FilesSource<Row> read(String pathOrPattern) {
    return CsvFormat.STANDARD.read(pathOrPattern, Row.class);
  }

  /// Reads a file into rows of texts.
  public static FilesSource<Row> read(Path file) {
    return CsvFormat.STANDARD.read(file, Row.class);
  }

  /// Reads an object, or all that match a pattern, into records:
  /// `ObjectStore.s3("lake").at("trips/*.csv").by(connection("lake"))`.
  public static <T> FilesSource<T> read(StoreLocation location, Class<T> type) {
    return CsvFormat.STANDARD.read(location, type);
  }

  /// Writes one file, which is there, whole, when the run has completed; an older one is replaced.
  public static <T> FilesSink<T> write(Path file, Class<T> type) {
    return CsvFormat.STANDARD.write(file, type);
  }

  /// Writes files into a directory; how large is told by the `roll` methods.
  public static <T> FilesSink<T> files(Class<T> type, Path directory) {
    return CsvFormat.STANDARD.files(type, directory);
  }

  /// Writes objects below a location.
  public static <T> FilesSink<T> files(Class<T> type, StoreLocation location) {
    return CsvFormat.STANDARD.files(type, location);
  }

  /// Writes one object.
  public static <T> FilesSink<T> write(StoreLocation object, Class<T> type) {
    return CsvFormat.STANDARD.write(object, type);
  }
}
