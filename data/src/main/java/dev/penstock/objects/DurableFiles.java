package dev.penstock.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// The steps by which a file comes to stand under its name, whole, whatever happens to the process
/// or the machine.
final class DurableFiles {
  private DurableFiles() {}

  /// Returns when the name of the file is on the disk.
  static void forceName(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      forceDirectory(directory);
    }
  }

  /// Returns when the names in the directory are on the disk.
  static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Makes the directory of a file and those above it, each of their names on the disk.
  static void createDirectoryOf(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(directory)) {
      return;
    }
    createDirectoryOf(directory);
    Files.createDirectories(directory);
    forceName(directory);
  }

  /// Gives a file its final name, in place of any file that has it.
  static void moveOver(Path hidden, Path target) throws IOException {
    Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Makes a file of these bytes, unless there is one of that name: of several processes that try,
  /// exactly one succeeds, and nobody ever sees a part of it. A move would not do, as it replaces
  /// what is there.
  ///
  /// @throws FileAlreadyExistsException when there is one
  static void create(Path target, byte[] content) throws IOException {
    Path hidden = target.resolveSibling(StagingArea.PREFIX + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.createLink(target, hidden);
      forceName(target);
    } finally {
      Files.deleteIfExists(hidden);
    }
  }
}
