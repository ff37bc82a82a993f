package dev.penstock.server.pages;

import dev.penstock.data.Secret;
import dev.penstock.data.block.BadBlock;
import dev.penstock.data.block.BlockType;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.BlockDocument;
import dev.penstock.flow.vault.BadKeys;
import dev.penstock.flow.vault.Blocks;
import dev.penstock.flow.vault.Vault;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The blocks, and the form of one, made from its type. Secret settings are written, never shown.
final class BlocksPage {
  /// In front of the names of settings, so that none is taken for another field of the form.
  private static final String PREFIX = "s.";

  private final Site site;
  private final Blocks blocks;

  BlocksPage(Site site, Vault vault) {
    this.site = site;
    this.blocks = vault.blocks();
  }

  List<Route> routes() {
    return List.of(
        Route.get("/blocks", this::list),
        Route.get("/blocks/{type}", request -> edit(request, 200, null, EditForm.EMPTY)),
        Route.get("/blocks/{type}/{name}", this::show),
        Route.post("/blocks/{type}", this::save),
        Route.post("/blocks/{type}/{name}/delete", this::delete));
  }

  private Answer list(Request request) {
    Shell shell = site.shell(request, "Blocks", "blocks", List.of(new Shell.Crumb("Blocks", "")));
    return site.page(
        "blocks", shell, Map.of("blocks", blocks.list(), "types", blocks.types().list()));
  }

  private BlockType<?> type(Request request) {
    try {
      return blocks.types().get(request.variable("type"));
    } catch (IllegalArgumentException e) {
      throw Refused.notFound(String.valueOf(e.getMessage()));
    }
  }

  private Optional<BlockDocument> find(BlockType<?> type, String name) {
    return blocks.versions(type.slug(), name).stream().findFirst();
  }

  private Answer show(Request request) {
    String name = request.variable("name");
    BlockDocument document =
        find(type(request), name)
            .orElseThrow(() -> Refused.notFound("there is no block " + name + " of this type"));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", name);
    JsonTree.readObject(document.settings())
        .forEach((setting, value) ->
            values.put(
                PREFIX + setting, value instanceof String text ? text : JsonTree.write(value)));
    return edit(request, 200, document, EditForm.of(values));
  }

  private Answer edit(
      Request request, int status, @Nullable BlockDocument document, EditForm form) {
    BlockType<?> type = type(request);
    String title = document == null ? "New " + type.slug() : document.name();
    Shell shell =
        site.shell(
            request,
            title,
            "blocks",
            List.of(new Shell.Crumb("Blocks", "/blocks"), new Shell.Crumb(title, "")));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("type", type);
    values.put("form", form);
    values.put("kept", document == null ? List.of() : document.secrets());
    values.put("name", document == null ? "" : document.name());
    values.put(
        "versions",
        document == null ? List.of() : blocks.versions(document.type(), document.name()));
    return site.page(status, "block", shell, values);
  }

  private Answer save(Request request) {
    BlockType<?> type = type(request);
    Fields form = request.form();
    String name = form.first("name").orElse("");
    Optional<BlockDocument> before = find(type, name);
    String[] secrets =
        type.shapes().stream()
            .filter(BlockType.Shape::secret)
            .map(each -> PREFIX + each.name())
            .toArray(String[]::new);
    EditForm typed = EditForm.of(form, secrets);
    try {
      blocks.parseAndSave(type, name, texts(type, form, before));
      return Answer.seeOther("/blocks");
    } catch (BadBlock e) {
      return edit(request, 422, before.orElse(null), wrong(type, typed, e));
    } catch (BadKeys e) {
      return edit(request, 409, before.orElse(null), typed.wrong("", e));
    } catch (IllegalArgumentException e) {
      return edit(request, 422, before.orElse(null), typed.wrong("name", e));
    }
  }

  /// What was typed. Secrets that were left empty stay as they are.
  private Map<String, Secret> texts(
      BlockType<?> type, Fields form, Optional<BlockDocument> before) {
    Map<String, Secret> texts = new LinkedHashMap<>();
    Map<String, Secret> kept = before.map(blocks::secrets).orElse(Map.of());
    for (BlockType.Shape shape : type.shapes()) {
      String text = form.raw(PREFIX + shape.name()).orElse("");
      Secret old = kept.get(shape.name());
      if (!text.isBlank()) {
        texts.put(shape.name(), Secret.of(text));
      } else if (old != null) {
        texts.put(shape.name(), old);
      }
    }
    return texts;
  }

  /// Each problem beside its field: those of a setting begin with its name in quotes.
  private static EditForm wrong(BlockType<?> type, EditForm typed, BadBlock refusal) {
    EditForm form = typed;
    for (String problem : refusal.problems()) {
      String field =
          type.shapes().stream()
              .map(BlockType.Shape::name)
              .filter(name -> problem.startsWith("\"" + name + "\""))
              .findFirst()
              .map(name -> PREFIX + name)
              .orElse("");
      form = form.wrong(field, problem);
    }
    return form;
  }

  private Answer delete(Request request) {
    if (!blocks.delete(request.variable("type"), request.variable("name"))) {
      throw Refused.notFound("there is no block " + request.variable("name") + " of this type");
    }
    return Answer.seeOther("/blocks");
  }
}
