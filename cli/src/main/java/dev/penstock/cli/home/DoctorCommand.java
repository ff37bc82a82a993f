package dev.penstock.cli.home;

import static java.util.stream.Collectors.joining;

import dev.penstock.cli.home.Finding.Verdict;
import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.cli.session.Table;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreCare;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.flow.store.WorkerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock doctor`.
@Command(
    name = "doctor",
    description = {
      "Looks whether all that Penstock needs is there: the JDK, its home, the store, clocks.",
      "Repairs nothing."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing has failed", "1:something does not work"},
    footer = {"%nExample:", "  penstock doctor --output json"})
public final class DoctorCommand implements Callable<Integer> {
  private static final Duration CLOCKS_AGREE = Duration.ofSeconds(1);

  /// One more than is named.
  private static final int SHOWN = 4;

  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Finding> findings =
        session.server().isPresent()
            ? List.of(java(), home(), server(), runs(), pools(), leftovers())
            : List.of(java(), home(), store(), clock(), runs(), pools(), leftovers());
    new Listing<Finding>(
            "nothing to look at",
            List.of(
                new Listing.Column<>("CHECKED", Finding::about),
                new Listing.Column<>(
                    "IS",
                    found -> session.colored(found.verdict().title(), found.verdict().color())),
                new Listing.Column<>("FOUND", Finding::says, Table.Fit.WRAP)),
            Finding::json)
        .print(session, output, findings);
    boolean failed = findings.stream().anyMatch(found -> found.verdict() == Verdict.FAILED);
    return failed ? 1 : 0;
  }

  private static Finding java() {
    String version = Runtime.version() + ", " + System.getProperty("java.home");
    return new Finding("java", Verdict.OK, version);
  }

  private Finding home() {
    Path home = session.home();
    try {
      Files.createDirectories(home);
      Files.delete(Files.createTempFile(home, "doctor", ".tmp"));
      return new Finding("home", Verdict.OK, home + " can be written");
    } catch (IOException e) {
      return new Finding(
          "home",
          Verdict.FAILED,
          home + " cannot be written: " + e + "; make it writable, or set PENSTOCK_HOME");
    }
  }

  private Finding store() {
    int known = StoreCare.knownVersion();
    try {
      int version = new StoreCare(session.storeUrl()).version();
      String where = session.storeUrl() + " ";
      if (version > known) {
        return new Finding(
            "store",
            Verdict.FAILED,
            where
                + "is of version "
                + version
                + ", this Penstock knows versions up to "
                + known
                + ": use a newer one");
      }
      return new Finding(
          "store",
          Verdict.OK,
          where
              + (version == 0
                  ? "is made with the first flow run"
                  : version < known
                      ? "is of version " + version + "; it becomes " + known + " when it is opened"
                      : "is of version " + version));
    } catch (StoreUnavailable | CommandFailed e) {
      return new Finding("store", Verdict.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /// In place of the store, which it alone reaches.
  private Finding server() {
    try {
      session.store().search().late();
      return new Finding("server", Verdict.OK, session.server().orElseThrow() + " answers");
    } catch (StoreUnavailable e) {
      return new Finding("server", Verdict.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private Finding clock() {
    StoreCare care;
    Duration ahead;
    try {
      care = new StoreCare(session.storeUrl());
      ahead = care.version() == 0 ? Duration.ZERO : care.ahead(session.clock().instant());
    } catch (StoreUnavailable | CommandFailed e) {
      return new Finding("clock", Verdict.WARNING, "not compared: the store cannot be reached");
    }
    if (ahead.abs().compareTo(CLOCKS_AGREE) <= 0) {
      return new Finding("clock", Verdict.OK, "agrees with that of the store");
    }
    return new Finding(
        "clock",
        Verdict.WARNING,
        "that of the store is "
            + ahead.abs().toSeconds()
            + " s "
            + (ahead.isNegative() ? "behind" : "ahead")
            + ": set both by NTP; runs are safe, their times are not right");
  }

  private Finding runs() {
    return ofStore(
        "runs",
        store -> {
          List<FlowRun> abandoned = store.search().abandoned(SHOWN);
          return abandoned.isEmpty()
              ? new Finding("runs", Verdict.OK, "each that runs has a process")
              : new Finding(
                  "runs",
                  Verdict.WARNING,
                  "the processes of some are gone, and nobody has taken them over: "
                      + names(abandoned)
                      + ": start a worker, of the pool where they have one");
        });
  }

  private static String names(List<FlowRun> runs) {
    String names =
        runs.stream()
            .limit(SHOWN - 1)
            .map(run ->
                run.name() + (run.origin().pool() == null ? "" : " of " + run.origin().pool()))
            .collect(joining(", "));
    return runs.size() < SHOWN ? names : names + ", …";
  }

  private Finding pools() {
    return ofStore(
        "pools",
        store -> {
          Map<String, Integer> late = new TreeMap<>(store.search().late());
          store.workers().list().stream()
              .filter(worker -> worker.state() == WorkerEntry.State.ONLINE)
              .forEach(worker -> late.remove(worker.pool()));
          return late.isEmpty()
              ? new Finding("pools", Verdict.OK, "none has late runs and no worker")
              : new Finding(
                  "pools",
                  Verdict.WARNING,
                  late.entrySet().stream()
                      .map(pool ->
                          pool.getKey()
                              + " has "
                              + pool.getValue()
                              + (pool.getValue() == 1 ? " late run" : " late runs")
                              + " and no worker: penstock worker start --pool "
                              + pool.getKey())
                      .collect(joining("; ")));
        });
  }

  /// What there is to say of what is in the store, unless it is not there yet.
  private Finding ofStore(String about, Function<Store, Finding> look) {
    try {
      boolean there =
          session.server().isPresent()
              || new StoreCare(session.storeUrl()).version() == StoreCare.knownVersion();
      return there
          ? look.apply(session.store())
          : new Finding(about, Verdict.OK, "there are none, or the store is to be upgraded first");
    } catch (StoreUnavailable | CommandFailed e) {
      return new Finding(about, Verdict.WARNING, "not looked at: the store cannot be reached");
    }
  }

  private Finding leftovers() {
    Leftovers leftovers = Leftovers.before(session.clock().instant().minus(Duration.ofDays(1)));
    List<Path> found = leftovers.in(session.home().resolve("cache"), session.resultDirectory());
    return found.isEmpty()
        ? new Finding("files", Verdict.OK, "nothing unfinished is left over")
        : new Finding(
            "files",
            Verdict.WARNING,
            found.size()
                + " unfinished "
                + (found.size() == 1 ? "file" : "files")
                + " of processes that were killed, such as "
                + found.getFirst()
                + ": delete them");
  }
}
