package dev.penstock.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The hidden file into which a download is written until it is complete, locked against other
/// threads and processes that download to the same place.
final class PartFile implements Closeable {
  /// Locks of the operating system keep processes apart, but not threads.
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final Path target;
  private final Path part;
  private final Path info;
  private final ReentrantLock lock;
  private final FileChannel channel;

  private PartFile(Path target, Path part, ReentrantLock lock, FileChannel channel) {
    this.target = target;
    this.part = part;
    this.info = part.resolveSibling(part.getFileName() + ".json");
    this.lock = lock;
    this.channel = channel;
  }

  /// Opens what is there for a target, waiting for others that do the same.
  static PartFile open(Path target) throws IOException, InterruptedException {
    Path absolute = target.toAbsolutePath().normalize();
    Path directory = absolute.getParent();
    if (directory == null) {
      throw new IllegalArgumentException(target + " is no name for a file");
    }
    Files.createDirectories(directory);
    Path part = directory.resolve("." + absolute.getFileName() + ".part");
    ReentrantLock lock = THREADS.computeIfAbsent(part, _ -> new ReentrantLock());
    lock.lockInterruptibly();
    try {
      return new PartFile(absolute, part, lock, lockedChannel(part));
    } catch (IOException | RuntimeException e) {
      lock.unlock();
      throw e;
    }
  }

  /// Whoever held the lock before may have given the file its final name, or removed it: then what
  /// has been opened is not the part any more, and must not be touched.
  private static FileChannel lockedChannel(Path part) throws IOException {
    while (true) {
      FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      try {
        Optional<Object> before = identity(part);
        FileChannel channel = lockedAsItIs(part);
        if (before.equals(identity(part))) {
          return channel;
        }
        channel.close();
      } catch (NoSuchFileException e) {
        // gone in the meantime: once more
      }
    }
  }

  private static FileChannel lockedAsItIs(Path part) throws IOException {
    FileChannel channel = FileChannel.open(part, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      channel.lock();
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Nothing if it is not there, or the file system knows no identities.
  private static Optional<Object> identity(Path file) throws IOException {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  FileChannel channel() {
    return channel;
  }

  long size() throws IOException {
    return channel.size();
  }

  void clear() throws IOException {
    channel.truncate(0);
    Files.deleteIfExists(info);
  }

  Optional<PartInfo> info() throws IOException {
    return PartInfo.read(info);
  }

  /// Notes what is about to arrive, before it does.
  void begin(PartInfo arriving) throws IOException {
    arriving.write(info);
  }

  String sha256() throws IOException {
    return DownloadCache.sha256(channel);
  }

  /// Gives the file its final name, once it is on the disk.
  ///
  /// @param keep where to keep what is known of it
  void complete(Optional<Path> keep) throws IOException {
    channel.force(true);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path directory = part.getParent();
    if (directory != null) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
    if (keep.isPresent() && Files.exists(info)) {
      Files.move(info, keep.get(), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.deleteIfExists(info);
  }

  /// Leaves a part that has bytes for the next attempt.
  @Override
  public void close() throws IOException {
    try {
      if (channel.isOpen() && Files.exists(part) && channel.size() == 0) {
        Files.deleteIfExists(part);
        Files.deleteIfExists(info);
      }
      channel.close();
    } finally {
      lock.unlock();
    }
  }
}
