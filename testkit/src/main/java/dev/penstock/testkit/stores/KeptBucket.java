package dev.penstock.testkit.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// What a bucket holds, in a directory: objects as files under their keys, their tags, and the
/// parts of uploads that are not completed. What was told to a client outlives the process, not the
/// machine.
final class KeptBucket {
  private static final String UPLOADS = ".uploads";
  private static final String ETAGS = ".etags";
  private static final String KEY = "key";

  private final Path objects;
  private final Path uploads;
  private final Path etags;

  interface EachObject {
    void found(String key, byte[] content, String etag);
  }

  KeptBucket(Path directory) {
    objects = directory;
    uploads = directory.resolve(UPLOADS);
    etags = directory.resolve(ETAGS);
  }

  /// Hands on what was kept.
  void load(EachObject object, BiConsumer<String, Bucket.Pending> unfinished) {
    try {
      Files.createDirectories(uploads);
      for (Path file : files(objects)) {
        if (!file.startsWith(uploads) && !file.startsWith(etags)) {
          String key = objects.relativize(file).toString();
          object.found(key, Files.readAllBytes(file), Files.readString(etags.resolve(key)));
        }
      }
      for (String upload : names(uploads)) {
        Path key = uploads.resolve(upload).resolve(KEY);
        if (Files.exists(key)) {
          unfinished.accept(upload, new Bucket.Pending(Files.readString(key), parts(upload)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<Integer, Bucket.Part> parts(String upload) throws IOException {
    Map<Integer, Bucket.Part> parts = new TreeMap<>();
    for (String name : names(uploads.resolve(upload))) {
      if (name.matches("\\d+")) {
        Path file = uploads.resolve(upload).resolve(name);
        parts.put(Integer.parseInt(name), Bucket.Part.of(Files.readAllBytes(file)));
      }
    }
    return parts;
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  /// All but those that were being written.
  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith("~"))
          .toList();
    }
  }

  void store(String key, byte[] content, String etag) {
    write(etags.resolve(key), etag.getBytes(StandardCharsets.UTF_8));
    write(objects.resolve(key), content);
  }

  void delete(String key) {
    try {
      Files.deleteIfExists(objects.resolve(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void begin(String upload, String key) {
    write(uploads.resolve(upload).resolve(KEY), key.getBytes(StandardCharsets.UTF_8));
  }

  void part(String upload, int number, byte[] content) {
    write(uploads.resolve(upload).resolve(String.valueOf(number)), content);
  }

  void end(String upload) {
    try (Stream<Path> files = Files.walk(uploads.resolve(upload))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file is whole, or not there.
  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Path written = Files.write(file.resolveSibling(file.getFileName() + "~"), content);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
