package dev.penstock.flow.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;

/// Files that tasks hand on, kept by their hash in a directory that all machines share. What is
/// there is whole, and never changes. Safe for use by several threads and processes.
public final class ResultFiles {
  private final Path directory;

  /// @param directory made when first needed
  public ResultFiles(Path directory) {
    this.directory = directory;
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
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = Files.newInputStream(file);
          OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
        in.transferTo(out);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
    Path kept = directory.resolve(reference);
    if (!Files.isRegularFile(kept)) {
      throw new UncheckedIOException(
          new IOException(
              "the file "
                  + reference
                  + " is not in "
                  + directory
                  + ", where files of results are kept; machines that share runs have to share"
                  + " it"));
    }
    touch(kept);
    return kept;
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
  int deleteUnused(Instant since) {
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
