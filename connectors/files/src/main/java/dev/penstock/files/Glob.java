package dev.penstock.files;

import dev.penstock.objects.ObjectInfo;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A pattern for files. What begins with a dot, and the directory `_penstock`, is left out:
/// temporary files and logs are no data.
final class Glob {
  private final String pattern;
  private final Path root;
  private final int depth;
  private final PathMatcher matcher;

  Glob(String pattern) {
    this.pattern = pattern;
    String[] parts = pattern.split("/", -1);
    int fixed = 0;
    while (fixed < parts.length - 1 && !isPattern(parts[fixed])) {
      fixed++;
    }
    String prefix = String.join("/", List.of(parts).subList(0, fixed));
    String rest = String.join("/", List.of(parts).subList(fixed, parts.length));
    this.root = Path.of(pattern.startsWith("/") && prefix.isEmpty() ? "/" : prefix);
    this.depth = rest.contains("**") ? Integer.MAX_VALUE : parts.length - fixed;
    this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
  }

  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /// Whether a key or a name is one of data, as far as it can be told.
  static boolean isData(String key) {
    for (String part : key.split("/")) {
      if (part.startsWith(".") || part.equals(StoreLog.DIRECTORY)) {
        return false;
      }
    }
    return true;
  }

  /// The objects of a bucket that match, sorted by their keys. The pattern is one for keys.
  ///
  /// @throws NoSuchFile when there is none
  List<String> find(StoreLocation bucket) throws IOException {
    String fixed = pattern.substring(0, pattern.lastIndexOf('/', firstWildcard()) + 1);
    List<String> found = new ArrayList<>();
    int seen = 0;
    try (ObjectStore store = ObjectStore.open(bucket);
        Stream<ObjectInfo> listed = store.list(pattern.substring(0, firstWildcard()), "")) {
      for (ObjectInfo each : (Iterable<ObjectInfo>) listed::iterator) {
        String rest = each.key().substring(fixed.length());
        if (isData(rest)) {
          seen++;
          if (matcher.matches(Path.of(rest))) {
            found.add(each.key());
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw new NoSuchFile(
          "no object matches \"%s\": looked at %d in %s"
              .formatted(bucket.at(pattern), seen, bucket.at(fixed)));
    }
    return found;
  }

  private int firstWildcard() {
    int at = 0;
    while ("*?[{".indexOf(pattern.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /// The files that match, sorted by their paths.
  ///
  /// @throws NoSuchFile when there is none
  List<Path> find() throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      throw new NoSuchFile(
          "no file matches \"%s\": there is no directory %s".formatted(pattern, absolute));
    }
    Search search = new Search(absolute);
    Files.walkFileTree(absolute, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, search);
    if (search.found.isEmpty()) {
      throw new NoSuchFile(
          "no file matches \"%s\": looked at %d files in %s"
              .formatted(pattern, search.seen, absolute));
    }
    return List.copyOf(search.found);
  }

  private final class Search extends SimpleFileVisitor<Path> {
    private final Path from;
    private final TreeSet<Path> found = new TreeSet<>();
    private int seen;

    Search(Path from) {
      this.from = from;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      boolean data = directory.equals(from) || isData(directory);
      return data ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && isData(file)) {
        seen++;
        if (matcher.matches(from.relativize(file))) {
          found.add(file);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean isData(Path path) {
      return Glob.isData(path.getFileName().toString());
    }
  }
}
