package dev.penstock.cli.vault;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.cli.session.Table;
import dev.penstock.data.block.BlockType;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.BlockDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock block`: settings of external systems.
@Command(
    name = "block",
    aliases = "blocks",
    description = {
      "Shows and changes blocks: settings of external systems that flows find by name.",
      "connection(\"warehouse\") is the block jdbc-connection/warehouse."
    },
    footer = {
      "%nExamples:",
      "  penstock block types",
      "  penstock block create jdbc-connection/warehouse --set url=jdbc:postgresql://db/dwh"
          + " --set user=etl --secret password",
      "  penstock block create slack-webhook/ops --secret-from-env url=SLACK_URL"
    })
public final class BlockCommand {
  private final Session session;
  private final Noun noun;

  BlockCommand(Session session) {
    this.session = session;
    this.noun =
        new Noun(
            session,
            "block",
            () ->
                session.vault().blocks().list().stream()
                    .map(each -> BlockWord.of(each).toString())
                    .toList(),
            _ -> "penstock block ls shows all");
  }

  private static SequencedMap<String, @Nullable Object> json(BlockDocument block) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", BlockWord.of(block).toString());
    json.put("type", block.type());
    json.put("version", block.version());
    json.put("settings", JsonTree.read(block.settings()));
    json.put("secrets", block.secrets());
    json.put("saved", block.saved());
    return json;
  }

  @Command(name = "ls", description = "Lists blocks, without their secrets.")
  void ls(@Mixin OutputOption output) {
    Listing.of(
            session,
            "there is no block; penstock block types shows what there may be",
            BlockCommand::json,
            "name",
            "version",
            "settings",
            "secrets",
            "saved")
        .with(Table.Fit.WRAP, "SETTINGS", "SECRETS")
        .print(session, output, session.vault().blocks().list());
  }

  @Command(name = "types", description = "Lists the types of blocks, and their settings.")
  void types(@Mixin OutputOption output) {
    Listing.of(
            session,
            "no module brings a block type",
            BlockCommand::typeJson,
            "type",
            "settings",
            "secrets",
            "description")
        .with(Table.Fit.WRAP, "SETTINGS", "SECRETS", "DESCRIPTION")
        .print(session, output, session.vault().blocks().types().list());
  }

  private static SequencedMap<String, @Nullable Object> typeJson(BlockType<?> type) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", type.slug());
    json.put("description", type.description());
    json.put("settings", settings(type, false));
    json.put("secrets", settings(type, true));
    return json;
  }

  private static List<String> settings(BlockType<?> type, boolean secret) {
    return type.secrecy().entrySet().stream()
        .filter(setting -> setting.getValue() == secret)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Command(name = "inspect", description = "Shows a block and its versions, without its secrets.")
  void inspect(
      @Parameters(
              paramLabel = "TYPE/NAME",
              converter = BlockWord.Converter.class,
              description = "The block.")
          BlockWord block,
      @Mixin OutputOption output) {
    List<BlockDocument> versions = session.vault().blocks().versions(block.type(), block.name());
    SequencedMap<String, @Nullable Object> json =
        json(noun.found(versions.stream().findFirst(), block.toString()));
    json.put(
        "versions",
        versions.stream()
            .map(each -> Members.of("version", each.version() + ", saved " + each.saved()))
            .toList());
    output.thing(session.out(), json);
  }

  @Command(name = "create", description = "Makes a block, or with --replace a new version of it.")
  void create(
      @Parameters(
              paramLabel = "TYPE/NAME",
              converter = BlockWord.Converter.class,
              description = "The block.")
          BlockWord block,
      @Option(
              names = "--set",
              paramLabel = "NAME=VALUE",
              description = "A setting; may be repeated. Maps and lists are JSON.")
          @Nullable Map<String, String> open,
      @Option(
              names = "--secret",
              paramLabel = "NAME",
              description = "A secret setting, asked for, or read from standard input.")
          @Nullable List<String> asked,
      @Option(
              names = "--secret-from-env",
              paramLabel = "NAME=VARIABLE",
              description = "A secret setting, from an environment variable; may be repeated.")
          @Nullable Map<String, String> variables,
      @Option(names = "--replace", description = "Makes a new version of a block that there is.")
          boolean replace,
      @Mixin OutputOption output) {
    BlockType<?> type = session.vault().blocks().types().get(block.type());
    if (!replace && !session.vault().blocks().versions(block.type(), block.name()).isEmpty()) {
      throw new CommandFailed(
          "there is a block \"" + block + "\" already; --replace makes a new version of it");
    }
    GivenSettings settings =
        new GivenSettings(
            open == null ? Map.of() : open,
            asked == null ? List.of() : new ArrayList<>(asked),
            variables == null ? Map.of() : variables);
    int version =
        session.vault().blocks().parseAndSave(type, block.name(), settings.texts(session, type));
    noun.done(output, "Saved", block.toString(), Members.of("version", version));
  }

  @Command(name = "delete", aliases = "rm", description = "Deletes a block with all its versions.")
  void delete(
      @Parameters(
              paramLabel = "TYPE/NAME",
              converter = BlockWord.Converter.class,
              description = "The block.")
          BlockWord block,
      @Mixin OutputOption output) {
    noun.require(session.vault().blocks().delete(block.type(), block.name()), block.toString());
    noun.done(output, "Deleted", block.toString());
  }
}
