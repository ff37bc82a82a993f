package dev.penstock.files;

import dev.penstock.data.BadJson;
import dev.penstock.data.JsonCodec;
import dev.penstock.files.StagedFiles.StagedFile;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An entry of a [LocalCommitLog], as it stands in its file.
///
/// @param split its whole id, of which the directory's name may be an abbreviation
/// @param claim which claim wrote it
/// @param at when it was written; for people, nothing depends on it
record LogEntry(
    String split,
    String claim,
    Instant at,
    byte @Nullable [] from,
    byte @Nullable [] to,
    Map<String, byte[]> states,
    byte @Nullable [] staged) {

  static LogEntry of(Split split, String claim, Entry entry) {
    return new LogEntry(
        split.id(),
        claim,
        Instant.now(),
        entry.from().map(Position::token).orElse(null),
        entry.to().map(Position::token).orElse(null),
        entry.states(),
        entry.staged().orElse(null));
  }

  /// An entry that repeats the last one under a new claim.
  static LogEntry claim(Split split, String claim, Optional<LogEntry> last) {
    return last.map(entry ->
            new LogEntry(
                entry.split,
                claim,
                Instant.now(),
                entry.from,
                entry.to,
                entry.states,
                entry.staged))
        .orElseGet(
            () -> new LogEntry(split.id(), claim, Instant.now(), null, null, Map.of(), null));
  }

  Entry entry(long number) {
    return new Entry(
        number,
        Optional.ofNullable(from).map(Position::new),
        Optional.ofNullable(to).map(Position::new),
        states,
        Optional.ofNullable(staged));
  }

  List<StagedFile> stagedFiles() {
    return staged == null ? List.of() : StagedFiles.decode(staged).files();
  }

  byte[] encode() {
    return JsonCodec.of(LogEntry.class).write(this);
  }

  static LogEntry read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      return JsonCodec.of(LogEntry.class).read(bytes, 0, bytes.length);
    } catch (BadJson e) {
      throw new BadFile(
          DataFile.shown(file) + " is no entry of a commit log: " + e.getMessage(), e);
    }
  }

  /// The names of the log's files and directories.
  static final class Name {
    private static final int LONGEST = 100;

    private Name() {}

    /// A directory's name for any text: the text itself if it can be one.
    static String of(String text) {
      String safe = text.replaceAll("[^A-Za-z0-9_.=-]", "_");
      boolean same = safe.equals(text) && !safe.isEmpty() && !safe.startsWith(".");
      if (same && safe.length() <= LONGEST) {
        return safe;
      }
      String tail = safe.substring(Math.max(0, safe.length() - LONGEST));
      return Digest.shortOf(text) + "-" + tail;
    }

    static String of(long number) {
      return "%020d.json".formatted(number);
    }

    static boolean isEntry(Path file) {
      return file.getFileName().toString().matches("\\d{20}\\.json");
    }

    static long number(Path entry) {
      return Long.parseLong(entry.getFileName().toString(), 0, 20, 10);
    }
  }
}
