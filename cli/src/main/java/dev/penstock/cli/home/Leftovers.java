package dev.penstock.cli.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Files that a killed process has not finished: those written last before a certain time.
///
/// @param before what is younger may still be in use
record Leftovers(Instant before) {
  static Leftovers before(Instant before) {
    return new Leftovers(before);
  }

  /// Those in these directories, in the order of their names.
  List<Path> in(Path... directories) {
    List<Path> found = new ArrayList<>();
    for (Path directory : directories) {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          files.filter(this::left).sorted().forEach(found::add);
        } catch (IOException e) {
          throw new UncheckedIOException(directory + " cannot be read", e);
        }
      }
    }
    return found;
  }

  private boolean left(Path file) {
    String name = file.getFileName().toString();
    try {
      return (name.startsWith("part-") || name.endsWith(".tmp"))
          && Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (IOException e) { // just now deleted
      return false;
    }
  }
}
