package dev.penstock.cli.runs;

import dev.penstock.cli.session.Ages;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.RunSearch.KnownFlow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock flow ls`.
@Command(
    name = "ls",
    description = "Lists the flows that have been run.",
    footer = {"%nExample:", "  penstock flow ls --output json"})
public final class FlowLs implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  FlowLs(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    listing().print(session, output, session.store().search().flows(Integer.MAX_VALUE));
    return 0;
  }

  private Listing<KnownFlow> listing() {
    Instant now = session.clock().instant();
    return new Listing<>(
        "no flow has been run yet",
        List.of(
            new Listing.Column<>("FLOW", KnownFlow::name),
            new Listing.Column<>("RUNS", flow -> String.valueOf(flow.runs().runs())),
            new Listing.Column<>("LAST RUN", flow -> flow.last().name()),
            new Listing.Column<>("STATE", flow -> FlowRunText.state(session, flow.last().state())),
            new Listing.Column<>("CREATED", flow -> Ages.of(flow.last().times().created(), now))),
        FlowLs::json);
  }

  private static SequencedMap<String, @Nullable Object> json(KnownFlow flow) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", flow.name());
    json.put("runs", flow.runs().runs());
    json.put("lastRun", FlowRunText.json(flow.last()));
    return json;
  }
}
