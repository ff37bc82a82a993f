package dev.penstock.files;

import dev.penstock.data.Row;
import dev.penstock.objects.StoreLocation;
import java.nio.file.Path;
import java.util.List;

/// Files with one JSON object on each line, in UTF-8. Those whose names end with `.gz` or `.zst`
/// are read and written compressed. Empty lines are skipped. How values look in JSON is told at
/// [dev.penstock.data.Json].
///
/// A line that is no JSON, or has a bad field, fails as a [BadRecord]; reading can go on after it.
public final class JsonLines {
  private JsonLines() {}

  /// Reads a file, or all files of a pattern like `data/*.jsonl`, into records.
  public static <T> FilesSource<T> read(String pathOrPattern, Class<T> type) {
    return new FilesSource<>(FileSet.of(pathOrPattern), new JsonLinesReading<>(type));
  }

  /// Reads a file into records.
  public static <T> FilesSource<T> read(Path file, Class<T> type) {
    return new FilesSource<>(FileSet.of(file), new JsonLinesReading<>(type));
  }

  /// Reads files into records, in this order.
  public static <T> FilesSource<T> read(List<Path> files, Class<T> type) {
    return new FilesSource<>(FileSet.of(files), new JsonLinesReading<>(type));
  }

  /// Reads a file, or all files of a pattern, into rows.
  public static FilesSource<Row> read(String pathOrPattern) {
    return read(pathOrPattern, Row.class);
  }

  /// Reads a file into rows.
  public static FilesSource<Row> read(Path file) {
    return read(file, Row.class);
  }

  /// Reads an object, or all that match a pattern, into records:
  /// `ObjectStore.s3("lake").at("trips/*.jsonl").by(connection("lake"))`.
  public static <T> FilesSource<T> read(StoreLocation location, Class<T> type) {
    return new FilesSource<>(FileSet.of(location), new JsonLinesReading<>(type));
  }

  /// Writes one file, which is there, whole, when the run has completed; an older one is replaced.
  public static <T> FilesSink<T> write(Path file, Class<T> type) {
    return FilesSink.oneFile(
        new JsonLinesWriting<>(type, Compression.of(String.valueOf(file.getFileName()))), file);
  }

  /// Writes files into a directory; how large is told by the `roll` methods.
  public static <T> FilesSink<T> files(Class<T> type, Path directory) {
    return FilesSink.directory(
        new JsonLinesWriting<>(type, Compression.NONE), StoreLocation.of(directory));
  }

  /// Writes objects below a location.
  public static <T> FilesSink<T> files(Class<T> type, StoreLocation location) {
    return FilesSink.directory(new JsonLinesWriting<>(type, Compression.NONE), location);
  }

  /// Writes one object.
  public static <T> FilesSink<T> write(StoreLocation object, Class<T> type) {
    return FilesSink.oneFile(new JsonLinesWriting<>(type, Compression.of(object.name())), object);
  }
}
