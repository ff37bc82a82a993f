package dev.penstock.objects;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Hidden names for one writer's unfinished files in a target directory, and a lock by which others
/// see that the writer lives. The operating system drops the lock of a process that dies, whatever
/// killed it, and the next writer into the same directory then knows what it left.
final class StagingArea implements AutoCloseable {
  /// What hidden names begin with.
  static final String PREFIX = ".penstock-";

  private static final String LOCK = ".lock";
  private static final Pattern HIDDEN =
      Pattern.compile("\\.penstock-(?<owner>[0-9a-f-]{36})(?:-\\d+\\.tmp|\\.lock)");

  /// The owners in this process: a lock must not even be tried for them, since closing a second
  /// channel on a file drops all locks that the process has on it.
  private static final Set<String> ALIVE_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final String owner;
  private final FileChannel channel;
  private int files;

  private StagingArea(Path directory, String owner, FileChannel channel) {
    this.directory = directory;
    this.owner = owner;
    this.channel = channel;
  }

  /// Takes up work in a directory, which is made if need be.
  static StagingArea open(Path directory) throws IOException {
    Files.createDirectories(directory);
    while (true) {
      String owner = UUID.randomUUID().toString();
      ALIVE_HERE.add(owner);
      Path lockFile = lockFile(directory, owner);
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null && Files.exists(lockFile)) {
        return new StagingArea(directory, owner, channel);
      }
      channel.close(); // somebody took the new file for one that was left behind, and removed it
      ALIVE_HERE.remove(owner);
    }
  }

  /// A new hidden name.
  synchronized Path newFile() {
    return directory.resolve(PREFIX + owner + "-" + files++ + ".tmp");
  }

  private static Path lockFile(Path directory, String owner) {
    return directory.resolve(PREFIX + owner + LOCK);
  }

  /// The hidden names that dead writers left in a directory.
  static List<String> abandoned(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> left;
    try (Stream<Path> entries = Files.list(directory)) {
      left = entries.filter(StagingArea::isOfOthers).toList();
    }
    List<String> abandoned = new ArrayList<>();
    for (Path entry : left) {
      String name = entry.getFileName().toString();
      Matcher hidden = HIDDEN.matcher(name);
      if (hidden.matches() && isDead(directory, hidden.group("owner"))) {
        if (name.endsWith(LOCK)) {
          Files.deleteIfExists(entry);
        } else {
          abandoned.add(name);
        }
      }
    }
    return abandoned;
  }

  private static boolean isOfOthers(Path entry) {
    Matcher hidden = HIDDEN.matcher(entry.getFileName().toString());
    return hidden.matches() && !ALIVE_HERE.contains(hidden.group("owner"));
  }

  private static boolean isDead(Path directory, String owner) throws IOException {
    try (FileChannel channel = openIfThere(lockFile(directory, owner))) {
      return channel == null || channel.tryLock() != null;
    }
  }

  private static @Nullable FileChannel openIfThere(Path lockFile) throws IOException {
    return Files.exists(lockFile) ? FileChannel.open(lockFile, StandardOpenOption.WRITE) : null;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(lockFile(directory, owner));
    channel.close();
    ALIVE_HERE.remove(owner);
  }
}
