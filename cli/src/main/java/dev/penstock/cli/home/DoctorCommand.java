package dev.penstock.cli.home;

import dev.penstock.cli.home.Finding.Verdict;
import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.StoreCare;
import dev.penstock.flow.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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

  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Finding> findings = List.of(java(), home(), store(), clock(), leftovers());
    new Listing<Finding>(
            "nothing to look at",
            List.of(
                new Listing.Column<>("CHECKED", Finding::about),
                new Listing.Column<>(
                    "IS",
                    found -> session.colored(found.verdict().title(), found.verdict().color())),
                new Listing.Column<>("FOUND", Finding::says)),
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
