package dev.penstock.files;

import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// A file to read, with what tells whether it is still the same: its size, and a checksum over its
/// two ends. Not the time of its last change: a file that was copied or touched is still the same,
/// and must not be loaded twice.
///
/// @param path absolute
/// @param checksum of the first and the last 64 KiB
record DataFile(Path path, long size, String checksum) {
  private static final int END = 64 * 1024;
  private static final Pattern ID =
      Pattern.compile(
          "(?<path>.*)#size=(?<size>\\d+),crc=(?<crc>[0-9a-f]{8})(?:,.*)?", Pattern.DOTALL);

  /// Looks at the file as it is now.
  static DataFile of(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    try (FileChannel channel = FileChannel.open(absolute)) {
      long size = channel.size();
      CRC32C crc = new CRC32C();
      update(crc, channel, 0, Math.min(size, END));
      update(crc, channel, Math.max(Math.min(size, END), size - END), size);
      return new DataFile(absolute, size, String.format("%08x", crc.getValue()));
    }
  }

  private static void update(CRC32C crc, FileChannel channel, long from, long to)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) (to - from));
    long at = from;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        break;
      }
      at += read;
    }
    crc.update(buffer.flip());
  }

  /// The file of a split.
  ///
  /// @throws BadFile when the file is not the same any more
  static DataFile of(Split split) throws IOException {
    Matcher id = ID.matcher(split.id());
    if (!id.matches()) {
      throw new IllegalArgumentException("not a split of a file: " + split.id());
    }
    Path path = Path.of(id.group("path"));
    try {
      DataFile now = DataFile.of(path);
      if (now.size != Long.parseLong(id.group("size")) || !now.checksum.equals(id.group("crc"))) {
        throw new BadFile(
            now.shown() + " has changed since the run began, or since it was committed");
      }
      return now;
    } catch (NoSuchFileException e) {
      throw new NoSuchFile("no such file any more: " + path);
    }
  }

  /// The file as one split.
  Split split() {
    return new Split(path + "#size=" + size + ",crc=" + checksum);
  }

  /// A part of the file as a split: `rowgroup=3`.
  Split split(String part) {
    return new Split(split().id() + "," + part);
  }

  /// The path as messages show it.
  String shown() {
    return shown(path);
  }

  /// Relative to the working directory, if it lies there.
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) && !absolute.equals(here)
        ? here.relativize(absolute).toString()
        : absolute.toString();
  }
}
