package dev.penstock.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A local directory as a store. What is uploaded stands under a hidden name in the directory
/// itself until it is completed, and gets its final name at once.
final class LocalStore implements ObjectStore {
  private final Path root;
  private @Nullable StagingArea area;

  LocalStore(Path root) {
    this.root = root;
  }

  private Path path(String key) {
    return root.resolve(key);
  }

  @Override
  public Optional<ObjectInfo> find(String key) throws IOException {
    Path path = path(key);
    return Files.isRegularFile(path) ? Optional.of(info(key, path)) : Optional.empty();
  }

  private static ObjectInfo info(String key, Path path) throws IOException {
    BasicFileAttributes about = Files.readAttributes(path, BasicFileAttributes.class);
    return new ObjectInfo(key, about.size(), about.lastModifiedTime().toInstant());
  }

  @Override
  public ReadableObject read(String key) throws IOException {
    try {
      return new LocalObject(path(key));
    } catch (NoSuchFileException e) {
      throw new NoSuchObject("no such file: " + shown(key));
    }
  }

  @Override
  public Stream<ObjectInfo> list(String prefix, String after) throws IOException {
    Path from = path(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (!Files.isDirectory(from)) {
      return Stream.empty();
    }
    TreeMap<String, Path> found = new TreeMap<>();
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
            String key = key(file);
            boolean hidden = file.getFileName().toString().startsWith(StagingArea.PREFIX);
            if (!hidden && key.startsWith(prefix) && key.compareTo(after) > 0) {
              found.put(key, file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // removed since its directory was looked at
            }
            throw e;
          }
        });
    return found.entrySet().stream().flatMap(each -> listed(each.getKey(), each.getValue()));
  }

  @Override
  public Stream<ObjectInfo> children(String prefix) throws IOException {
    Path directory = path(prefix);
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> files =
          entries
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith(StagingArea.PREFIX))
              .sorted()
              .toList();
      return files.stream().flatMap(file -> listed(key(file), file));
    }
  }

  private String key(Path file) {
    return String.join("/", Stream.of(root.relativize(file)).flatMap(LocalStore::names).toList());
  }

  private static Stream<String> names(Path path) {
    return Stream.iterate(0, i -> i < path.getNameCount(), i -> i + 1)
        .map(i -> path.getName(i).toString());
  }

  private static Stream<ObjectInfo> listed(String key, Path path) {
    try {
      return Stream.of(info(key, path));
    } catch (NoSuchFileException e) {
      return Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean create(String key, byte[] content) throws IOException {
    Path path = path(key);
    DurableFiles.createDirectoryOf(path);
    try {
      DurableFiles.create(path, content);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  @Override
  public Upload upload(String key) throws IOException {
    return new LocalUpload(root, area().newFile(), key);
  }

  private synchronized StagingArea area() throws IOException {
    if (area == null) {
      area = StagingArea.open(root);
    }
    return area;
  }

  @Override
  public void complete(StagedObject staged) throws IOException {
    Path hidden = path(staged.upload());
    Path path = path(staged.key());
    if (Files.exists(hidden)) {
      DurableFiles.createDirectoryOf(path);
      try {
        DurableFiles.moveOver(hidden, path);
        DurableFiles.forceName(path);
        return;
      } catch (NoSuchFileException e) {
        // another process has completed it meanwhile
      }
    }
    if (!Files.exists(path)) {
      throw new UploadLost(
          "%s was committed, but neither it nor %s is there: somebody removed it"
              .formatted(shown(staged.key()), staged.upload()));
    }
  }

  @Override
  public void abort(StagedObject staged) throws IOException {
    Files.deleteIfExists(path(staged.upload()));
  }

  @Override
  public List<StagedObject> unfinished(String prefix) throws IOException {
    return StagingArea.abandoned(root).stream()
        .map(name -> new StagedObject("", name, List.of()))
        .toList();
  }

  /// The file itself: whoever is on this machine and may read it can.
  @Override
  public URI presign(String key, Duration valid) {
    return path(key).toUri();
  }

  @Override
  public String shown(String key) {
    return StoreLocation.of(path(key)).shown();
  }

  @Override
  public synchronized void close() throws IOException {
    StagingArea open = area;
    area = null;
    if (open != null) {
      open.close();
    }
  }
}
