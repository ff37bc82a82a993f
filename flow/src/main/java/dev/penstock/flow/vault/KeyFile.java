package dev.penstock.flow.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Keys in a file that only its owner may read: one a line, in Base64, the one to seal with first.
record KeyFile(Path file) implements KeySource {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  @Override
  public List<SealingKey> load() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      refuseOthers();
      List<SealingKey> keys =
          Files.readAllLines(file).stream()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(SealingKey::parse)
              .toList();
      if (keys.isEmpty()) {
        throw new BadKeys("the file of keys " + file + " holds no key: put it back from a backup");
      }
      return keys;
    } catch (IOException | IllegalArgumentException e) {
      throw new BadKeys("the file of keys " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void refuseOthers() throws IOException {
    if (!isPosix()) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new BadKeys(
          "the file of keys "
              + file
              + " can be read by others ("
              + PosixFilePermissions.toString(permissions)
              + "): chmod 600 "
              + file);
    }
  }

  private boolean isPosix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Override
  public List<SealingKey> loadOrMake() {
    List<SealingKey> keys = load();
    if (!keys.isEmpty()) {
      return keys;
    }
    try {
      Path made = written(List.of(SealingKey.random()));
      try {
        // Of several processes that do this at once, one makes the file.
        Files.createLink(file, made);
      } catch (FileAlreadyExistsException e) {
        // another has
      } finally {
        Files.delete(made);
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw unwritable(e);
    }
    return load();
  }

  /// Two at once would each overwrite the other's key.
  @Override
  public <R> R alone(Supplier<R> rotation) {
    synchronized (KeyFile.class) {
      Path lock = file.resolveSibling(file.getFileName() + ".lock");
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock _ = channel.lock()) {
          return rotation.get();
        }
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
  }

  @Override
  public SealingKey next(String current) {
    List<SealingKey> keys = loadOrMake();
    // A rotation that did not come to its end goes on with its key.
    if (!keys.getFirst().id().equals(current)) {
      return keys.getFirst();
    }
    SealingKey next = SealingKey.random();
    replace(Stream.concat(Stream.of(next), keys.stream()).toList());
    return next;
  }

  @Override
  public void keepOnly(SealingKey key) {
    replace(List.of(key));
  }

  private void replace(List<SealingKey> keys) {
    try {
      Files.move(
          written(keys), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private BadKeys unwritable(Exception e) {
    return new BadKeys("the file of keys " + file + " cannot be written: " + e.getMessage(), e);
  }

  /// A file beside this one, which only the owner could read from its first moment.
  private Path written(List<SealingKey> keys) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path beside =
        isPosix()
            ? Files.createTempFile(
                directory, "keys", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY))
            : Files.createTempFile(directory, "keys", ".new");
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Opens the secrets of the store. Whoever has it can read them; without it they are lost.");
    keys.forEach(key -> lines.add(key.encoded()));
    Files.write(beside, lines);
    return beside;
  }

  @Override
  public String toDoAbout(String key) {
    List<SealingKey> keys = load();
    return (keys.isEmpty()
            ? "there is no file of keys " + file
            : "the file of keys " + file + " has " + keys)
        + ": copy the file with key "
        + key
        + " there, from the machine that has it or from a backup, or set "
        + KeyVariable.NAME
        + " to that key";
  }

  @Override
  public String toString() {
    return "file " + file;
  }
}
