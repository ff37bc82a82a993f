package dev.penstock.files;

import dev.penstock.data.ConnectionName;
import dev.penstock.objects.NoSuchObject;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file to read, on this machine or in a store, with what tells whether it is still the same: its
/// size, and its version.
///
/// @param location absolute
record DataFile(StoreLocation location, long size, String version) {
  private static final Pattern ID =
      Pattern.compile(
          "(?<path>.*)#size=(?<size>\\d+),(?<version>[a-z]+=[^,]*)(?:,.*)?", Pattern.DOTALL);

  /// Looks at a local file as it is now.
  static DataFile of(Path path) throws IOException {
    return of(StoreLocation.of(path.toAbsolutePath().normalize()));
  }

  /// Looks at the file as it is now.
  static DataFile of(StoreLocation location) throws IOException {
    try (ReadableObject object = location.read()) {
      return new DataFile(location, object.size(), object.version());
    }
  }

  /// The file of a split.
  ///
  /// @param connection by which its store is reached
  /// @throws BadFile when the file is not the same any more
  static DataFile of(Split split, @Nullable ConnectionName connection) throws IOException {
    Matcher id = ID.matcher(split.id());
    if (!id.matches()) {
      throw new IllegalArgumentException("not a split of a file: " + split.id());
    }
    String path = id.group("path");
    try {
      DataFile now = DataFile.of(new StoreLocation(path, connection));
      if (now.size != Long.parseLong(id.group("size"))
          || !now.version.equals(id.group("version"))) {
        throw new BadFile(
            now.shown() + " has changed since the run began, or since it was committed");
      }
      return now;
    } catch (NoSuchObject e) {
      throw new NoSuchFile("no such file any more: " + path);
    }
  }

  ReadableObject open() throws IOException {
    return location.read();
  }

  /// The file as one split.
  Split split() {
    return new Split(location + "#size=" + size + "," + version);
  }

  /// A part of the file as a split: `rowgroup=3`.
  Split split(String part) {
    return new Split(split().id() + "," + part);
  }

  /// The path as messages show it.
  String shown() {
    return location.shown();
  }
}
