package dev.penstock.cli.program;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Compiled programs on disk, one file each, named by a hash of the source, the class path and the
/// JDK. Safe for use by several processes: a file appears whole, by a rename, and never changes.
public final class ProgramCache {
  private static final String FORMAT = "2";
  private static final String SUFFIX = ".program";
  private static final int KEPT = 200;

  private final Path directory;
  private final String classPath;

  /// @param directory where the files are; made when needed
  /// @param classPath what programs are compiled against
  public ProgramCache(Path directory, String classPath) {
    this.directory = directory;
    this.classPath = classPath;
  }

  /// What was compiled of this source before.
  public Optional<CompiledProgram> find(SourceFile source) {
    try {
      return Optional.of(CompiledProgram.decode(Files.readAllBytes(file(source))));
    } catch (IOException e) {
      return Optional.empty(); // not there, or cut short by a crash: it is made again
    }
  }

  /// Keeps what was compiled of this source.
  ///
  /// @throws IOException when it cannot be written; nothing depends on it
  public void keep(SourceFile source, CompiledProgram program) throws IOException {
    Files.createDirectories(directory);
    Path unfinished = Files.createTempFile(directory, "program", ".tmp");
    Files.write(unfinished, program.encode());
    Files.move(unfinished, file(source), StandardCopyOption.ATOMIC_MOVE);
    dropOldest();
  }

  private void dropOldest() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> programs = all.filter(file -> file.toString().endsWith(SUFFIX)).toList();
      if (programs.size() > KEPT) {
        Comparator<Path> byAge = Comparator.comparing(file -> file.toFile().lastModified());
        for (Path file : programs.stream().sorted(byAge).limit(programs.size() / 2).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Path file(SourceFile source) throws IOException {
    MessageDigest hash;
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    add(hash, FORMAT);
    add(hash, System.getProperty("java.home") + " " + Runtime.version());
    add(hash, source.name());
    add(hash, source.text());
    for (String entry : classPath.split(File.pathSeparator)) {
      addEntry(hash, Path.of(entry));
    }
    return directory.resolve(HexFormat.of().formatHex(hash.digest()) + SUFFIX);
  }

  /// Sizes and times stand for the contents of jars and class directories.
  private static void addEntry(MessageDigest hash, Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      try (Stream<Path> files = Files.walk(entry)) {
        for (Path file : files.sorted().toList()) {
          addFile(hash, file);
        }
      }
    } else if (Files.exists(entry)) {
      addFile(hash, entry);
    }
  }

  private static void addFile(MessageDigest hash, Path file) throws IOException {
    BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
    add(hash, file + " " + seen.size() + " " + seen.lastModifiedTime().toMillis());
  }

  private static void add(MessageDigest hash, String text) {
    hash.update(text.getBytes(StandardCharsets.UTF_8));
    hash.update((byte) 0);
  }
}
