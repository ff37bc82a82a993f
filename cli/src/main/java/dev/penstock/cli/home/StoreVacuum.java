package dev.penstock.cli.home;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.StoreCare;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock store vacuum`.
@Command(
    name = "vacuum",
    description = {
      "Gives the room of deleted runs back to the disk.",
      "On SQLite, what writes to the store waits meanwhile."
    })
final class StoreVacuum implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  StoreVacuum(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    StoreCare care = session.storeCare();
    if (care.version() == 0) {
      throw new CommandFailed("there is no store yet at " + session.storeUrl());
    }
    long begun = session.clock().nanos();
    care.vacuum();
    SequencedMap<String, Object> done = new LinkedHashMap<>();
    done.put("store", session.storeUrl().toString());
    done.put("elapsedMillis", Duration.ofNanos(session.clock().nanos() - begun).toMillis());
    output.thing(session.out(), done);
    return 0;
  }
}
