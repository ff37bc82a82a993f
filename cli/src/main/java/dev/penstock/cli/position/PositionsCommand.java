package dev.penstock.cli.position;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.Redaction;
import dev.penstock.data.position.KeptPosition;
import dev.penstock.data.position.PositionStore;
import dev.penstock.data.position.PositionStores;
import java.io.Console;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock positions`: how far resumable pipelines have come, as their targets know it.
@Command(
    name = "positions",
    aliases = "position",
    description = {
      "Shows how far resumable pipelines have come, and lets them begin anew.",
      "Positions are kept in the target: in a database, or in a directory of files."
    },
    footer = {
      "%nExamples:",
      "  penstock positions ls",
      "  penstock positions ls warehouse ./lake/trips",
      "  penstock positions reset trips --in warehouse"
    })
public final class PositionsCommand {
  private static final String VARIABLE = "PENSTOCK_CONNECTION_";

  private final Session session;

  PositionsCommand(Session session) {
    this.session = session;
  }

  /// A position and where it is kept.
  private record Found(String place, KeptPosition kept) {
    SequencedMap<String, @Nullable Object> json() {
      SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("pipeline", kept.pipeline());
      json.put("place", place);
      json.put("split", kept.split());
      json.put("position", kept.position());
      json.put("commits", kept.commits());
      return json;
    }

    String position() {
      String position = kept.position();
      return position == null ? "" : position;
    }
  }

  @Command(name = "ls", description = "Lists positions, by pipeline.")
  void ls(
      @Parameters(
              paramLabel = "PLACE",
              arity = "0..*",
              description = {
                "Connections, by name or URL, directories, s3://bucket/prefix;",
                "without one all connections that the environment and the blocks name."
              })
          @Nullable List<String> places,
      @Option(names = "--pipeline", paramLabel = "NAME", description = "This one only.")
          @Nullable String pipeline,
      @Mixin OutputOption output) {
    List<Found> found = new ArrayList<>();
    if (places == null) {
      known().forEach(place -> found.addAll(ifItAnswers(place)));
    } else {
      places.forEach(place -> found.addAll(in(place)));
    }
    List<Found> wanted =
        found.stream()
            .filter(each -> pipeline == null || each.kept().pipeline().equals(pipeline))
            .sorted(Comparator.comparing(each -> each.kept().pipeline()))
            .toList();
    new Listing<Found>(
            "no positions are kept there",
            List.of(
                new Listing.Column<>("PIPELINE", each -> each.kept().pipeline()),
                new Listing.Column<>("IN", Found::place),
                new Listing.Column<>("SPLIT", each -> each.kept().split()),
                new Listing.Column<>("POSITION", Found::position),
                new Listing.Column<>("COMMITS", each -> Long.toString(each.kept().commits()))),
            Found::json)
        .print(session, output, wanted);
  }

  /// The names of all connections that are known.
  private TreeSet<String> known() {
    TreeSet<String> names = new TreeSet<>();
    session.environment().keySet().stream()
        .filter(variable -> variable.startsWith(VARIABLE))
        .forEach(
            variable -> names.add(variable.substring(VARIABLE.length()).toLowerCase(Locale.ROOT)));
    if (session.server().isEmpty()) {
      session.vault().blocks().list().stream()
          .filter(block -> block.type().endsWith("-connection"))
          .forEach(block -> names.add(block.name()));
    }
    return names;
  }

  private List<Found> ifItAnswers(String place) {
    try {
      return opened(place, store -> all(place, store)).orElse(List.of());
    } catch (CommandFailed e) {
      session.note(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private List<Found> in(String place) {
    return opened(place, store -> all(place, store)).orElseThrow(() -> unknown(place));
  }

  private static List<Found> all(String place, PositionStore store) throws Exception {
    return store.positions().stream().map(kept -> new Found(Redaction.url(place), kept)).toList();
  }

  @Command(
      name = "reset",
      description = {
        "Forgets the positions of a pipeline: its next run begins anew.",
        "What it has written stays; runs that are under way commit nothing more."
      })
  void reset(
      @Parameters(paramLabel = "PIPELINE", description = "The name it is resumed by.")
          String pipeline,
      @Option(
              names = "--in",
              paramLabel = "PLACE",
              required = true,
              description = "A connection, by name or URL, a directory, or s3://bucket/prefix.")
          String place,
      @Option(names = "--yes", description = "Does not ask.") boolean yes,
      @Mixin OutputOption output) {
    String where = Redaction.url(place);
    List<Found> here = in(place);
    long splits = here.stream().filter(each -> each.kept().pipeline().equals(pipeline)).count();
    if (splits == 0) {
      List<String> names = here.stream().map(each -> each.kept().pipeline()).distinct().toList();
      throw new CommandFailed(
          "no position of a pipeline \""
              + pipeline
              + "\" is kept in "
              + where
              + (DidYouMean.hint(pipeline, names).isEmpty()
                  ? "; penstock positions ls shows all"
                  : DidYouMean.hint(pipeline, names)));
    }
    String what =
        (splits == 1 ? "the position" : splits + " positions") + " of " + pipeline + " in " + where;
    if (!yes && !confirmed("Forget " + what + ", so that its next run begins anew?")) {
      throw new CommandFailed("nothing was forgotten");
    }
    opened(
        place,
        store -> {
          store.forget(pipeline);
          return true;
        });
    SequencedMap<String, Object> done = new LinkedHashMap<>();
    done.put("pipeline", pipeline);
    done.put("place", where);
    done.put("splits", splits);
    output.done(session.out(), "Forgot " + what, done);
  }

  private static boolean confirmed(String question) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new CommandFailed(question + " There is nobody to ask: say --yes");
    }
    String answer = console.readLine("%s [y/N] ", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  private interface Use<V> {
    V of(PositionStore store) throws Exception;
  }

  /// @return nothing when no connector keeps positions there
  private static <V> Optional<V> opened(String place, Use<V> use) {
    try {
      Optional<PositionStore> found = PositionStores.find(place);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (PositionStore store = found.get()) {
        return Optional.of(use.of(store));
      }
    } catch (Exception e) {
      throw new CommandFailed(
          "the positions in " + Redaction.url(place) + " cannot be reached: " + e.getMessage());
    }
  }

  private static CommandFailed unknown(String place) {
    return new CommandFailed(
        Redaction.url(place)
            + " keeps no positions: name a connection to a database, or a directory that is there");
  }
}
