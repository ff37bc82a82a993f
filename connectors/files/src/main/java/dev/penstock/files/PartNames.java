package dev.penstock.files;

import dev.penstock.objects.ObjectInfo;
import dev.penstock.objects.ObjectStore;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys of the files that one writer writes: `part-00000.csv` and so on; or, in a resumable
/// run, names that say with which record of which split a file begins, so that no two units ever
/// share one.
sealed interface PartNames {

  /// The key of the next file.
  ///
  /// @param directory within the target, with a slash at its end; empty for the target itself
  String next(String directory);

  /// Whether a key is that of a file of this split, whoever writes it.
  static boolean isOf(Split split, String key) {
    return key.startsWith(OfLane.prefix(split), key.lastIndexOf('/') + 1);
  }

  /// The files that follow are of the unit that begins here.
  void begin(Optional<Position> from);

  /// @param append whether to go on after the files that are there; without it there must be none
  /// @param nested whether files go to directories within the target too
  static PartNames of(
      ObjectStore store,
      String extension,
      Split lane,
      Optional<Position> from,
      boolean append,
      boolean nested)
      throws IOException {
    return lane.equals(Split.WHOLE)
        ? Numbered.after(store, "." + extension, append, nested)
        : new OfLane(lane, from, "." + extension);
  }

  /// Of a run without positions.
  final class Numbered implements PartNames {
    private final String ending;
    private int next;

    private Numbered(String ending, int next) {
      this.ending = ending;
      this.next = next;
    }

    /// Refuses a target with files of the format, before the work is done and not after it: two
    /// runs would be mixed.
    static Numbered after(ObjectStore store, String ending, boolean append, boolean nested)
        throws IOException {
      int last = -1;
      try (Stream<ObjectInfo> listed = nested ? store.list("", "") : store.children("")) {
        for (ObjectInfo each : (Iterable<ObjectInfo>) listed::iterator) {
          String name = each.key().substring(each.key().lastIndexOf('/') + 1);
          if (!Glob.isData(each.key()) || !name.endsWith(ending)) {
            continue;
          }
          if (!append) {
            throw new BadFile(
                "%s has files already, like %s: remove them, write into another directory, or append()"
                    .formatted(store.shown(""), each.key()));
          }
          last = Math.max(last, number(name, ending));
        }
      }
      return new Numbered(ending, last + 1);
    }

    private static int number(String name, String ending) {
      String digits = name.substring(0, name.length() - ending.length()).replaceFirst("^part-", "");
      return digits.matches("\\d{5,9}") ? Integer.parseInt(digits) : -1;
    }

    @Override
    public String next(String directory) {
      return "%spart-%05d%s".formatted(directory, next++, ending);
    }

    @Override
    public void begin(Optional<Position> from) {}
  }

  /// Of one split.
  final class OfLane implements PartNames {
    private static final int READABLE = 60;

    private final String lane;
    private final String ending;
    private String start;
    private int next;

    OfLane(Split lane, Optional<Position> from, String ending) {
      this.lane = prefix(lane);
      this.ending = ending;
      this.start = start(from);
    }

    static String prefix(Split split) {
      return "part-" + word(split.id()) + "-";
    }

    private static String start(Optional<Position> from) {
      return from.map(position -> word(position.text())).orElse("start");
    }

    /// The text itself where a name can hold it; always different for different texts.
    private static String word(String text) {
      String safe = text.replaceAll("[^A-Za-z0-9=.]+", ".");
      return safe.equals(text) && safe.length() <= READABLE
          ? safe
          : Digest.shortOf(text) + (safe.length() <= READABLE ? "." + safe : "");
    }

    @Override
    public String next(String directory) {
      return "%s%s%s-%05d%s".formatted(directory, lane, start, next++, ending);
    }

    @Override
    public void begin(Optional<Position> from) {
      start = start(from);
      next = 0;
    }
  }
}
