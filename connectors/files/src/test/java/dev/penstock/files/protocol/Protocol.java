package dev.penstock.files.protocol;

import dev.penstock.files.protocol.World.At;
import dev.penstock.files.protocol.World.Entry;
import dev.penstock.files.protocol.World.Process;
import dev.penstock.files.protocol.World.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the processes do: look what is there, claim, publish what the last entry names, abort what
/// else was there, then stage, log, publish; or one of the protocols that look as good and are not.
enum Protocol {
  /// What is done.
  RIGHT,
  /// The object is seen before its entry is there.
  PUBLISHED_BEFORE_LOGGED,
  /// What the last entry names is left alone by who takes over.
  LAST_NOT_PUBLISHED,
  /// Who takes over writes no entry.
  CLAIM_WITHOUT_ENTRY,
  /// Who takes over aborts what is there before it has published.
  NAMED_UPLOADS_ABORTED,
  /// Who takes over looks for what others have begun when it has claimed, or much later.
  ABORTED_WHAT_CAME_LATER,
  /// Its own entry, found when the answer to it was lost, is taken for another's.
  OWN_ENTRY_NOT_KNOWN,
  /// An entry is written when a look before has shown that there is none.
  LOOKED_BEFORE_PUT,
  /// Entries but the newest are deleted at once.
  OLD_ENTRIES_DELETED,
  /// No log: objects are named by their first and last record.
  NAMED_BY_BOTH_ENDS,
  /// No log: objects are named by their first record.
  NAMED_BY_FIRST;

  private static final int RECORDS = 2;
  private static final int MOST_CLAIMS = 2;

  boolean hasLog() {
    return this != NAMED_BY_BOTH_ENDS && this != NAMED_BY_FIRST;
  }

  /// All that can be next.
  List<World> next(World world) {
    List<World> next = new ArrayList<>();
    for (int i = 0; i < world.processes().size(); i++) {
      Process process = world.processes().get(i);
      if (process.at() != At.IDLE && world.crashes() > 0) {
        next.add(world.crashed().with(i, process.again()));
      }
      if (hasLog()) {
        step(world, i, process, next);
      } else {
        stepWithoutLog(world, i, process, next);
      }
    }
    return next;
  }

  private void step(World world, int i, Process process, List<World> next) {
    switch (process.at()) {
      case IDLE -> {
        if (process.claims() < MOST_CLAIMS) {
          next.add(world.with(i, read(world, process)));
        }
      }
      case READ -> claim(world, i, process, next);
      case CLAIMED -> {
        World published = publishLast(world, process);
        if (published != null) {
          next.add(published.with(i, process.to(At.PUBLISHED_LAST)));
        }
      }
      case PUBLISHED_LAST -> next.add(abortOthers(world, process).with(i, goesOn(process)));
      case READY -> stage(world, i, process, next);
      case STAGED -> {
        if (this == PUBLISHED_BEFORE_LOGGED) {
          World published = world.complete(process.upload());
          if (published != null) {
            next.add(published.with(i, process.to(At.CHECKED)));
          }
        } else if (this == LOOKED_BEFORE_PUT) {
          next.add(
              world.has(process.number() + 1)
                  ? fenced(world, i, process)
                  : world.with(i, process.to(At.CHECKED)));
        } else {
          append(world, i, process, next);
        }
      }
      case CHECKED -> {
        if (this == LOOKED_BEFORE_PUT) {
          next.add(logged(world, i, process));
        } else {
          append(world, i, process, next);
        }
      }
      case LOGGED -> {
        World published = world.complete(process.upload());
        if (published != null) {
          next.add(published.with(i, goesOn(process)));
        }
      }
    }
  }

  private static Process read(World world, Process process) {
    int number = world.newest();
    Entry newest = number < 0 ? null : world.log().get(number);
    int position = newest == null ? 0 : newest.to();
    return new Process(At.READ, process.claims() + 1, number, newest, position, -1, world.begun());
  }

  /// A claim repeats the entry before it.
  private void claim(World world, int i, Process process, List<World> next) {
    if (this == CLAIM_WITHOUT_ENTRY) {
      next.add(world.with(i, process.to(At.CLAIMED)));
      return;
    }
    int number = process.number() + 1;
    if (world.has(number)) {
      next.add(world.with(i, read(world, again(process))));
      return;
    }
    Entry last = process.newest();
    Entry claim =
        new Entry(
            "claim %d of %d".formatted(process.claims(), i),
            process.position(),
            last == null ? -1 : last.upload());
    Process claimed =
        new Process(
            At.CLAIMED, process.claims(), number, claim, process.position(), -1, process.begun());
    next.add(prune(world.write(number, claim), number).with(i, claimed));
  }

  private static Process again(Process process) {
    return new Process(At.IDLE, process.claims() - 1, -1, null, 0, -1, List.of());
  }

  private World prune(World world, int newest) {
    World pruned = world;
    if (this == OLD_ENTRIES_DELETED) {
      for (int number = 0; number < newest; number++) {
        pruned = pruned.write(number, null);
      }
    }
    return pruned;
  }

  private @Nullable World publishLast(World world, Process process) {
    Entry last = process.newest();
    if (last == null || last.upload() < 0 || this == LAST_NOT_PUBLISHED) {
      return world;
    }
    return this == NAMED_UPLOADS_ABORTED
        ? world.abort(last.upload())
        : world.complete(last.upload());
  }

  private World abortOthers(World world, Process process) {
    Entry last = process.newest();
    World aborted = world;
    for (int upload : this == ABORTED_WHAT_CAME_LATER ? world.begun() : process.begun()) {
      if (last == null || upload != last.upload()) {
        aborted = aborted.abort(upload);
      }
    }
    return aborted;
  }

  private static void stage(World world, int i, Process process, List<World> next) {
    for (int to = process.position() + 1; to <= RECORDS; to++) {
      World staged = world.stage(new Range(process.position(), to));
      int upload = staged.uploads().size() - 1;
      next.add(
          staged.with(
              i,
              new Process(
                  At.STAGED,
                  process.claims(),
                  process.number(),
                  process.newest(),
                  process.position(),
                  upload,
                  List.of())));
    }
  }

  private void append(World world, int i, Process process, List<World> next) {
    if (world.has(process.number() + 1)) {
      next.add(fenced(world, i, process));
      return;
    }
    World logged = logged(world, i, process);
    next.add(logged);
    if (world.lostAnswers() > 0) {
      // sent again, it finds an entry: its own, which it knows when it looks
      next.add(
          this == OWN_ENTRY_NOT_KNOWN
              ? fenced(logged, i, process).answerLost()
              : logged.answerLost());
    }
  }

  private World logged(World world, int i, Process process) {
    int number = process.number() + 1;
    Range range = world.uploads().get(process.upload()).range();
    Entry entry =
        new Entry(
            "entry %d of claim %d of %d".formatted(number, process.claims(), i),
            range.to(),
            process.upload());
    Process logged =
        new Process(
            At.LOGGED, process.claims(), number, entry, range.to(), process.upload(), List.of());
    World written = prune(world.write(number, entry), this == OLD_ENTRIES_DELETED ? number : 0);
    return this == PUBLISHED_BEFORE_LOGGED
        ? written.with(i, goesOn(logged))
        : written.with(i, logged);
  }

  private static World fenced(World world, int i, Process process) {
    return world.abort(process.upload()).with(i, process.again());
  }

  private static Process goesOn(Process process) {
    return new Process(
        At.READY,
        process.claims(),
        process.number(),
        process.newest(),
        process.position(),
        -1,
        List.of());
  }

  /// Looks where the objects end, and puts the next one.
  private void stepWithoutLog(World world, int i, Process process, List<World> next) {
    if (process.at() == At.IDLE) {
      if (process.claims() < MOST_CLAIMS) {
        int end = world.objects().values().stream().mapToInt(Range::to).max().orElse(0);
        next.add(
            world.with(
                i, new Process(At.READY, process.claims() + 1, -1, null, end, -1, List.of())));
      }
      return;
    }
    for (int to = process.position() + 1; to <= RECORDS; to++) {
      String name =
          this == NAMED_BY_FIRST ? "" + process.position() : process.position() + "-" + to;
      Process done = new Process(At.READY, process.claims(), -1, null, to, -1, List.of());
      next.add(world.put(name, new Range(process.position(), to)).with(i, done));
    }
  }
}
