package dev.penstock.files;

import dev.penstock.data.DidYouMean;
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

/// The files that a source reads: paths and patterns, looked up when a run begins. A pattern's
/// files come sorted by path.
///
/// @param patterns as the user wrote them
record FileSet(List<String> patterns) implements Serializable {
  FileSet {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("at least one file is needed, was given none");
    }
  }

  /// A path, or a pattern with `*`, `?`, `[…]`, `{…}`, or `**` for directories of any depth.
  static FileSet of(String pathOrPattern) {
    return new FileSet(List.of(pathOrPattern));
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
    return new FileSet(paths.stream().map(Path::toString).toList());
  }

  /// All files, each once.
  ///
  /// @throws NoSuchFile when one of the paths, or any file for one of the patterns, is not there
  List<DataFile> find() throws IOException {
    Set<Path> found = new LinkedHashSet<>();
    for (String pattern : patterns) {
      if (!Glob.isPattern(pattern) || Files.exists(Path.of(pattern))) {
        found.add(file(Path.of(pattern)));
      } else {
        found.addAll(new Glob(pattern).find());
      }
    }
    List<DataFile> files = new ArrayList<>();
    for (Path path : found) {
      files.add(DataFile.of(path));
    }
    return files;
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
