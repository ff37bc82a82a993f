package dev.penstock.server.api;

import dev.penstock.data.Secret;
import dev.penstock.data.block.BadBlock;
import dev.penstock.data.block.BlockType;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.BlockDocument;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.vault.BadKeys;
import dev.penstock.flow.vault.Blocks;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of the API about blocks. Their secret settings are set, and never told.
final class BlockCalls {
  private static final String ALL = Api.ROOT + "/blocks";
  private static final String ONE = ALL + "/{type}/{name}";
  private static final List<Operation.Parameter> BODY =
      List.of(
          Operation.Parameter.required(
              "settings",
              "object",
              "All of them by name; secret ones that are not sent stay as they are."));

  private final Blocks blocks;
  private final Edits edits;

  BlockCalls(Store store, Blocks blocks) {
    this.blocks = blocks;
    this.edits = new Edits(store.auditLog());
  }

  List<Operation> operations() {
    return List.of(
        Operation.list(
            Api.ROOT + "/block-types",
            "listBlockTypes",
            "The types of blocks, with their settings.",
            "BlockTypePage",
            List.of("type"),
            () -> blocks.types().list().stream().map(BlockCalls::json).toList()),
        Operation.list(
            ALL,
            "listBlocks",
            "All blocks, without their secret settings.",
            "BlockPage",
            List.of("type", "name"),
            () -> blocks.list().stream().map(BlockCalls::json).toList()),
        Operation.get(
            ONE,
            "getBlock",
            "A block, without its secret settings.",
            "Block",
            request -> shown(request)),
        Operation.put(
            ONE,
            "saveBlock",
            "Saves a block that is not there, or with If-Match a new version of one that is as it"
                + " was read.",
            BODY,
            "Block",
            this::save),
        Operation.delete(
            ONE,
            "deleteBlock",
            "Deletes a block with all its versions.",
            request -> blocks.delete(request.variable("type"), request.variable("name"))));
  }

  private static Map<String, @Nullable Object> json(BlockType<?> type) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", type.slug());
    json.put("description", type.description());
    json.put(
        "settings",
        type.shapes().stream()
            .map(each ->
                Map.of(
                    "name", each.name(),
                    "type", each.type(),
                    "secret", each.secret(),
                    "required", each.required()))
            .toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(BlockDocument block) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", block.type());
    json.put("name", block.name());
    json.put("version", block.version());
    json.put("settings", JsonTree.read(block.settings()));
    json.put("secrets", block.secrets());
    json.put("saved", block.saved().toString());
    return json;
  }

  private Optional<BlockDocument> find(String type, String name) {
    return blocks.versions(type, name).stream().findFirst();
  }

  private Answer shown(Request request) {
    String type = request.variable("type");
    String name = request.variable("name");
    BlockDocument block =
        find(type, name)
            .orElseThrow(() -> Refused.notFound("there is no block " + type + "/" + name));
    return Answer.json(200, json(block)).with("ETag", Etag.of(block.saved()));
  }

  private BlockType<?> type(Request request) {
    try {
      return blocks.types().get(request.variable("type"));
    } catch (IllegalArgumentException e) {
      throw Refused.notFound(String.valueOf(e.getMessage()));
    }
  }

  private Answer save(Request request) {
    BlockType<?> type = type(request);
    String name = request.variable("name");
    Body body = new Body(request.json(), BODY);
    Map<String, @Nullable Object> sent = body.object("settings");
    body.refuseWrong();
    edits.save(
        request,
        new Edits.Thing("block", List.of(type.slug(), name)),
        () -> find(type.slug(), name),
        each -> Etag.of(each.saved()),
        there -> write(type, name, sent, there));
    return shown(request);
  }

  private boolean write(
      BlockType<?> type,
      String name,
      Map<String, @Nullable Object> sent,
      Optional<BlockDocument> there) {
    try {
      Map<String, Secret> texts = texts(sent, there.map(blocks::secrets).orElse(Map.of()));
      return blocks
          .parseAndReplace(type, name, texts, there.map(BlockDocument::saved).orElse(null))
          .isPresent();
    } catch (BadBlock e) {
      Asked.refuse(e.problems().stream().map(BlockCalls::field).toList());
      throw e;
    } catch (BadKeys e) {
      throw Refused.conflict(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw Refused.badField("name", String.valueOf(e.getMessage()));
    }
  }

  /// What was sent, over the secrets that there are; null takes one away.
  private static Map<String, Secret> texts(
      Map<String, @Nullable Object> sent, Map<String, Secret> kept) {
    Map<String, Secret> texts = new LinkedHashMap<>(kept);
    sent.forEach((setting, value) -> {
      if (value == null) {
        texts.remove(setting);
      } else {
        texts.put(setting, Secret.of(value instanceof String text ? text : JsonTree.write(value)));
      }
    });
    return texts;
  }

  /// The setting whose name a problem begins with, in quotes.
  private static Refused.Field field(String problem) {
    int end = problem.indexOf('"', 1);
    boolean named = problem.startsWith("\"") && end > 0;
    return new Refused.Field(named ? problem.substring(1, end) : "settings", problem);
  }
}
