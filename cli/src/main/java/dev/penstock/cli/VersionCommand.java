package dev.penstock.cli;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.StoreCare;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock version`.
@Command(name = "version", description = "Shows the versions of Penstock, its store and Java.")
final class VersionCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  VersionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    SequencedMap<String, Object> versions = new LinkedHashMap<>();
    versions.put("penstock", Version.ofPackage());
    versions.put("store", StoreCare.knownVersion());
    versions.put("java", Runtime.version().toString());
    output.thing(session.out(), versions);
    return 0;
  }
}
