package dev.penstock.files;

import dev.penstock.data.BadJson;
import dev.penstock.data.JsonCodec;
import dev.penstock.objects.StagedObject;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An entry of a [StoreLog], as it stands in its file.
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

  List<StagedObject> stagedFiles() {
    return staged == null ? List.of() : StagedFiles.decode(staged).files();
  }

  byte[] encode() {
    return JsonCodec.of(LogEntry.class).write(this);
  }

  /// @param shown how messages call the entry
  static LogEntry decode(byte[] bytes, String shown) throws IOException {
    try {
      return JsonCodec.of(LogEntry.class).read(bytes, 0, bytes.length);
    } catch (BadJson e) {
      throw new BadFile(shown + " is no entry of a commit log: " + e.getMessage(), e);
    }
  }

  /// The names of the log's files and directories.
  static final class Name {
    private static final int LONGEST = 100;
    private static final Pattern ENTRY = Pattern.compile(".*/\\d{20}\\.json", Pattern.DOTALL);

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

    static boolean isEntry(String key) {
      return ENTRY.matcher(key).matches();
    }

    static long number(String entry) {
      int dot = entry.length() - ".json".length();
      return Long.parseLong(entry, dot - 20, dot, 10);
    }
  }
}
