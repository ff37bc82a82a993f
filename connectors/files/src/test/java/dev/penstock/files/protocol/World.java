package dev.penstock.files.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A store and the processes that write to it, at one moment. The source has the records 0, 1, 2 …;
/// a position is the number of the next one.
///
/// @param log by number, from 0; null where an entry was deleted
/// @param objects what can be seen, by name
/// @param crashes how many more there may be
/// @param lostAnswers how many more answers may be lost
record World(
    List<@Nullable Entry> log,
    List<Staged> uploads,
    Map<String, Range> objects,
    List<Process> processes,
    int crashes,
    int lostAnswers) {

  /// Records from and to, the last excluded.
  record Range(int from, int to) {}

  /// @param writer who wrote it, and as which of its entries: no two are the same
  /// @param upload which one it names; -1 for none
  record Entry(String writer, int to, int upload) {}

  record Staged(Range range, boolean open) {}

  /// Where a process is in the protocol.
  enum At {
    IDLE,
    READ,
    CLAIMED,
    PUBLISHED_LAST,
    READY,
    STAGED,
    LOGGED,
    CHECKED
  }

  /// What a process remembers.
  ///
  /// @param claims how many it has made, by which its entries differ
  /// @param number of the newest entry that it knows, or has written
  /// @param newest that entry
  /// @param upload its own staged one; -1 for none
  /// @param begun the uploads that were there when it looked
  record Process(
      At at,
      int claims,
      int number,
      @Nullable Entry newest,
      int position,
      int upload,
      List<Integer> begun) {
    static final Process NEW = new Process(At.IDLE, 0, -1, null, 0, -1, List.of());

    Process to(At next) {
      return new Process(next, claims, number, newest, position, upload, begun);
    }

    /// Begins again, and remembers nothing but how often it did.
    Process again() {
      return new Process(At.IDLE, claims, -1, null, 0, -1, List.of());
    }
  }

  static World of(int processes, int crashes, int lostAnswers) {
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      all.add(Process.NEW);
    }
    return new World(List.of(), List.of(), Map.of(), all, crashes, lostAnswers);
  }

  World with(int process, Process next) {
    List<Process> all = new ArrayList<>(processes);
    all.set(process, next);
    return new World(log, uploads, objects, all, crashes, lostAnswers);
  }

  boolean has(int number) {
    return number < log.size() && log.get(number) != null;
  }

  /// The number of the newest entry; -1 for none.
  int newest() {
    return log.size() - 1;
  }

  World write(int number, @Nullable Entry entry) {
    List<@Nullable Entry> next = new ArrayList<>(log);
    while (next.size() <= number) {
      next.add(null);
    }
    next.set(number, entry);
    return new World(next, uploads, objects, processes, crashes, lostAnswers);
  }

  /// The uploads that are there.
  List<Integer> begun() {
    List<Integer> begun = new ArrayList<>();
    for (int upload = 0; upload < uploads.size(); upload++) {
      if (uploads.get(upload).open()) {
        begun.add(upload);
      }
    }
    return begun;
  }

  World stage(Range range) {
    List<Staged> next = new ArrayList<>(uploads);
    next.add(new Staged(range, true));
    return new World(log, next, objects, processes, crashes, lostAnswers);
  }

  private World close(int upload) {
    List<Staged> next = new ArrayList<>(uploads);
    next.set(upload, new Staged(uploads.get(upload).range(), false));
    return new World(log, next, objects, processes, crashes, lostAnswers);
  }

  /// Removes an upload, if it is there.
  World abort(int upload) {
    return uploads.get(upload).open() ? close(upload) : this;
  }

  /// Makes an upload visible, in place of what has its name; null when neither is there.
  @Nullable World complete(int upload) {
    Range range = uploads.get(upload).range();
    String name = "from " + range.from();
    if (!uploads.get(upload).open()) {
      return range.equals(objects.get(name)) ? this : null;
    }
    return close(upload).put(name, range);
  }

  World put(String name, Range range) {
    Map<String, Range> next = new TreeMap<>(objects);
    next.put(name, range);
    return new World(log, uploads, next, processes, crashes, lostAnswers);
  }

  World crashed() {
    return new World(log, uploads, objects, processes, crashes - 1, lostAnswers);
  }

  World answerLost() {
    return new World(log, uploads, objects, processes, crashes, lostAnswers - 1);
  }

  /// What is wrong with what can be seen now, and what the next process would make of it; null for
  /// nothing.
  @Nullable String problem(boolean logged) {
    int[] seen = new int[16];
    for (Range range : objects.values()) {
      for (int record = range.from(); record < range.to(); record++) {
        if (++seen[record] > 1) {
          return "record " + record + " is seen twice in " + objects;
        }
      }
    }
    if (!logged) {
      return null;
    }
    Entry last = log.isEmpty() ? null : log.getLast();
    if (last == null) {
      return objects.isEmpty() ? null : "there are " + objects + " and no entry";
    }
    if (last.upload() >= 0) {
      if (!uploads.get(last.upload()).open() && complete(last.upload()) == null) {
        return "the upload that " + last + " names is gone";
      }
      Range range = uploads.get(last.upload()).range();
      for (int record = range.from(); record < range.to(); record++) {
        seen[record] = 1;
      }
    }
    for (int record = 0; record < last.to(); record++) {
      if (seen[record] == 0) {
        return "record " + record + " is lost: the position is " + last.to();
      }
    }
    return null;
  }
}
