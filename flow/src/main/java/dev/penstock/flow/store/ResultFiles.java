package dev.penstock.flow.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/// Files that tasks hand on, kept by their hash in a directory that all machines share, or that
/// holds what came from a server. What is there is whole, and never changes. Safe for use by
/// several threads and processes.
public final class ResultFiles {
  private final Path directory;
  private final boolean cache;

  /// @param directory made when first needed
  public ResultFiles(Path directory) {
    this(directory, false);
  }

  private ResultFiles(Path directory, boolean cache) {
    this.directory = directory;
    this.cache = cache;
  }

  /// Files of which a server has each.
  ///
  /// @param directory of this machine, made when first needed
  public static ResultFiles cache(Path directory) {
    return new ResultFiles(directory, true);
  }

  /// Whether each of these files is also on a server.
  public boolean isCache() {
    return cache;
  }

  /// Keeps a copy of a file.
  ///
  /// @return what [#get] finds it by: its SHA-256 and its name, `ab12…/trips.parquet`
  public String put(Path file) {
    Path name = file.getFileName();
    if (name == null || !Files.isRegularFile(file)) {
      throw new UncheckedIOException(new IOException("the result " + file + " is not a file"));
    }
    try {
      Files.createDirectories(directory);
      Path copy = Files.createTempFile(directory, "part-", "");
      try {
        String hash = copy(file, copy);
        String reference = hash + "/" + name;
        Path kept = directory.resolve(reference);
        if (!Files.exists(kept)) {
          Files.createDirectories(directory.resolve(hash));
          move(copy, kept);
        }
        touch(kept);
        return reference;
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + file + " could not be kept in " + directory, e);
    }
  }

  private static String copy(Path file, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      return copy(file, out);
    }
  }

  private static String copy(Path file, OutputStream to) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = Files.newInputStream(file);
          OutputStream out = new DigestOutputStream(to, digest)) {
        in.transferTo(out);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Where a file is put together whose parts come one after the other.
  Path partOf(String reference, long length) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String hash = reference.substring(0, reference.indexOf('/'));
    String name = Integer.toHexString(reference.hashCode()); // the name itself may be too long
    return directory.resolve("part-" + hash + "-" + name + "-" + length);
  }

  /// Keeps a file that was put together.
  ///
  /// @throws IllegalArgumentException when it is not what the reference says; then it is gone
  void keep(Path part, String reference) {
    String hash = reference.substring(0, reference.indexOf('/'));
    try {
      if (!copy(part, OutputStream.nullOutputStream()).equals(hash)) {
        Files.deleteIfExists(part);
        throw new IllegalArgumentException("what came is not the file of the hash " + hash);
      }
      Files.createDirectories(directory.resolve(hash));
      move(part, directory.resolve(reference));
    } catch (NoSuchFileException e) {
      if (find(reference).isEmpty()) { // unless another has just kept the same file
        throw new UncheckedIOException(e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file that was kept; empty when it is not here.
  public Optional<Path> find(String reference) {
    Path kept = directory.resolve(reference);
    if (!Files.isRegularFile(kept)) {
      return Optional.empty();
    }
    touch(kept);
    return Optional.of(kept);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to);
    }
  }

  /// The file that was kept.
  ///
  /// @throws UncheckedIOException when it is not there any more
  public Path get(String reference) {
    return find(reference)
        .orElseThrow(() ->
            new UncheckedIOException(
                new IOException(
                    "the file "
                        + reference
                        + " is not in "
                        + directory
                        + ", where files of results are kept; machines that share runs have to"
                        + " share it")));
  }

  /// Notes that a file is needed, for [#deleteUnused].
  private static void touch(Path kept) {
    try {
      Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // another process deletes nothing that was written lately
    }
  }

  /// Deletes files that nobody has written or read since, and what is left of writes that broke
  /// off.
  ///
  /// @return how many
  public int deleteUnused(Instant since) {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    int deleted = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
          deleted += Files.deleteIfExists(file) ? 1 : 0;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      System.getLogger(ResultFiles.class.getName())
          .log(System.Logger.Level.WARNING, "Old results in " + directory + " stay there", e);
    }
    return deleted;
  }
}
