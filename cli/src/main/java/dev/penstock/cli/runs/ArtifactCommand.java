package dev.penstock.cli.runs;

import dev.penstock.cli.session.LimitOption;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.cli.session.Table;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Artifacts;
import dev.penstock.flow.store.StoredArtifact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock artifact`: what runs have left for people to look at.
@Command(
    name = "artifact",
    aliases = "artifacts",
    description = {
      "Shows what runs have left to look at: tables, Markdown, links, images, progress.",
      "The same key in another run is a new version of the same thing."
    },
    footer = {
      "%nExamples:",
      "  penstock artifact ls --flow-run lucky-otter",
      "  penstock artifact inspect rows-by-day"
    })
public final class ArtifactCommand {
  private static final int SHOWN = 100;

  private final Session session;
  private final Noun noun;

  ArtifactCommand(Session session) {
    this.session = session;
    this.noun =
        new Noun(
            session,
            "artifact",
            () -> artifacts().latest(null, SHOWN).stream().map(StoredArtifact::key).toList(),
            _ -> "penstock artifact ls shows the keys");
  }

  private Artifacts artifacts() {
    return session.store().artifacts();
  }

  private static SequencedMap<String, @Nullable Object> json(StoredArtifact artifact) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", artifact.id());
    json.put("key", artifact.key());
    json.put("kind", artifact.kind().word());
    json.put("description", artifact.description());
    json.put("flowRun", artifact.flowRun());
    json.put("taskRun", artifact.taskRun());
    json.put("created", artifact.created());
    json.put("updated", artifact.updated());
    json.put("data", JsonTree.read(artifact.data()));
    return json;
  }

  @Command(name = "ls", description = "Lists the newest version of each artifact.")
  void ls(
      @Option(
              names = "--flow-run",
              paramLabel = "RUN",
              description = "All of this flow run: its id, or the beginning, or its name.")
          @Nullable String flowRun,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              description = "table, markdown, link, progress or image.")
          StoredArtifact.@Nullable Kind kind,
      @Mixin LimitOption limit,
      @Mixin OutputOption output) {
    List<StoredArtifact> found =
        flowRun == null
            ? artifacts().latest(kind, limit.rows())
            : artifacts().of(FoundRun.of(session, flowRun).id(), limit.rows()).stream()
                .filter(each -> kind == null || each.kind() == kind)
                .toList();
    Listing.of(
            session,
            "no run has left an artifact",
            ArtifactCommand::json,
            "key",
            "kind",
            "flowRun",
            "description",
            "created")
        .with(Table.Fit.SHORTEN, "FLOW RUN")
        .print(session, output, found);
  }

  @Command(name = "inspect", description = "Shows the newest version of an artifact, or one by id.")
  void inspect(
      @Parameters(paramLabel = "KEY|ID", description = "The artifact.") String word,
      @Mixin OutputOption output) {
    Optional<StoredArtifact> newest = artifacts().versions(word, 1).stream().findFirst();
    StoredArtifact found = noun.found(newest.or(() -> artifacts().find(word)), word);
    SequencedMap<String, @Nullable Object> json = json(found);
    if (output.json()) {
      output.thing(session.out(), json);
      return;
    }
    Object data = json.remove("data");
    output.thing(session.out(), json);
    session.say("");
    session.say(text(data));
  }

  /// The rows of a table aligned; a text as it is.
  private String text(@Nullable Object data) {
    if (data instanceof List<?> rows
        && !rows.isEmpty()
        && rows.getFirst() instanceof Map<?, ?> first) {
      String[] columns = first.keySet().stream().map(String::valueOf).toArray(String[]::new);
      return Listing.of(session, "", ArtifactCommand::row, columns)
          .table(rows.stream().map(row -> (Object) row).toList());
    }
    return data instanceof String text ? text : JsonTree.write(data);
  }

  private static SequencedMap<String, @Nullable Object> row(Object row) {
    SequencedMap<String, @Nullable Object> named = new LinkedHashMap<>();
    ((Map<?, ?>) row).forEach((name, value) -> named.put(String.valueOf(name), value));
    return named;
  }

  @Command(name = "delete", aliases = "rm", description = "Deletes a version of an artifact.")
  void delete(
      @Parameters(paramLabel = "ID", description = "Its id.") String id,
      @Mixin OutputOption output) {
    noun.require(artifacts().delete(id), id);
    noun.done(output, "Deleted", id);
  }
}
