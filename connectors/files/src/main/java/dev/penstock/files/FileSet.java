package dev.penstock.files;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.DidYouMean;
import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files that a source reads: paths and patterns, looked up when a run begins. A pattern's
/// files come sorted by path.
///
/// @param patterns as the user wrote them
/// @param connection by which the store is reached that they are in; null when the environment
///   tells, and for local files
record FileSet(List<String> patterns, @Nullable ConnectionName connection) implements Serializable {
  FileSet {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("at least one file is needed, was given none");
    }
  }

  /// A path, an address in a store, or a pattern of one with `*`, `?`, `[…]`, `{…}`, or `**` for
  /// directories of any depth.
  static FileSet of(String pathOrPattern) {
    return new FileSet(List.of(pathOrPattern), null);
  }

  static FileSet of(StoreLocation location) {
    return new FileSet(List.of(location.text()), location.connection());
  }

  static FileSet of(Path path) {
    return of(List.of(path));
  }

  static FileSet of(List<Path> paths) {
    for (Path path : paths) {
      if (path.getFileSystem() != FileSystems.getDefault()) {
        throw new IllegalArgumentException(
            "not a file of the default file system: " + path.toUri());
      }
    }
    return new FileSet(paths.stream().map(Path::toString).toList(), null);
  }

  /// All files, each once.
  ///
  /// @throws NoSuchFile when one of the paths, or any file for one of the patterns, is not there
  List<DataFile> find() throws IOException {
    Set<StoreLocation> found = new LinkedHashSet<>();
    for (String pattern : patterns) {
      if (StoreLocation.isAddress(pattern)) {
        found.addAll(inStore(new StoreLocation(pattern, connection)));
      } else {
        local(pattern).forEach(path -> found.add(StoreLocation.of(path)));
      }
    }
    List<DataFile> files = new ArrayList<>();
    for (StoreLocation location : found) {
      files.add(file(location));
    }
    return files;
  }

  private static DataFile file(StoreLocation location) throws IOException {
    try {
      return DataFile.of(location);
    } catch (NoSuchObject e) {
      throw new NoSuchFile(String.valueOf(e.getMessage()));
    }
  }

  private static List<StoreLocation> inStore(StoreLocation location) throws IOException {
    if (!Glob.isPattern(location.text())) {
      return List.of(location);
    }
    StoreLocation bucket = location.whole();
    String pattern = location.text().substring(bucket.text().length() + 1);
    return new Glob(pattern).find(bucket).stream().map(bucket::at).toList();
  }

  private static List<Path> local(String pattern) throws IOException {
    return !Glob.isPattern(pattern) || Files.exists(Path.of(pattern))
        ? List.of(file(Path.of(pattern)))
        : new Glob(pattern).find();
  }

  /// The file of a split.
  ///
  /// @throws BadFile when the file is not the same any more
  DataFile file(Split split) throws IOException {
    return DataFile.of(split, connection);
  }

  private static Path file(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      throw new NoSuchFile(
          "%s is a directory: name its files, like \"%s\"".formatted(path, path.resolve("*")));
    }
    if (!Files.exists(absolute)) {
      String looked = path.equals(absolute) ? "" : " (looked for " + absolute + ")";
      throw new NoSuchFile("no such file: " + path + looked + hint(absolute));
    }
    return absolute;
  }

  private static String hint(Path absolute) throws IOException {
    Path directory = absolute.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return "; there is no directory " + directory;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      List<String> names =
          entries.map(entry -> entry.getFileName().toString()).limit(10_000).toList();
      return DidYouMean.hint(absolute.getFileName().toString(), names);
    }
  }

  /// As the user wrote it.
  @Override
  public String toString() {
    return String.join(", ", patterns);
  }
}
