package dev.penstock.server.api;

import dev.penstock.data.Secret;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.BlockDocument;
import dev.penstock.flow.store.SealedValues.SecretEntry;
import dev.penstock.flow.vault.BadKeys;
import dev.penstock.flow.vault.Vault;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of the API about secrets and blocks. Secrets are set, and never told.
final class VaultCalls {
  private static final String SECRET = Api.ROOT + "/secrets/{name}";
  private static final String BLOCK = Api.ROOT + "/blocks/{type}/{name}";
  private static final List<Operation.Parameter> BODY =
      List.of(new Operation.Parameter("value", "string", "The secret."));

  private final Vault vault;

  VaultCalls(Vault vault) {
    this.vault = vault;
  }

  List<Operation> operations() {
    return List.of(
        Operation.get(
            Api.ROOT + "/secrets",
            "listSecrets",
            "The names of all secrets.",
            "SecretPage",
            _ -> secrets()),
        new Operation(
            new Route("PUT", SECRET, this::set),
            "setSecret",
            "Sets a secret. It is not told to anybody but flows.",
            List.of(),
            BODY,
            "SecretName",
            200),
        Operation.delete(
            SECRET,
            "deleteSecret",
            "Deletes a secret.",
            request -> vault.secrets().delete(request.variable("name"))),
        Operation.get(
            Api.ROOT + "/blocks",
            "listBlocks",
            "All blocks, without their secret settings.",
            "BlockPage",
            _ -> blocks()),
        Operation.get(
            BLOCK, "getBlock", "A block, without its secret settings.", "Block", this::block),
        Operation.delete(
            BLOCK,
            "deleteBlock",
            "Deletes a block with all its versions.",
            request -> vault.blocks().delete(request.variable("type"), request.variable("name"))));
  }

  private Answer secrets() {
    return Answer.json(
        200, Shapes.page(vault.secrets().list().stream().map(VaultCalls::json).toList(), null));
  }

  private static Map<String, @Nullable Object> json(SecretEntry secret) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", secret.name());
    json.put("updated", secret.updated().toString());
    return json;
  }

  private Answer set(Request request) {
    Body body = new Body(request.json(), BODY);
    Secret value = Secret.of(body.text("value"));
    body.refuseWrong();
    String name = request.variable("name");
    try {
      vault.secrets().set(name, value);
    } catch (BadKeys e) {
      throw Refused.conflict(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw Refused.badField("name", String.valueOf(e.getMessage()));
    }
    return Answer.json(200, Map.of("name", name));
  }

  private Answer blocks() {
    return Answer.json(
        200, Shapes.page(vault.blocks().list().stream().map(VaultCalls::json).toList(), null));
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

  private Answer block(Request request) {
    String type = request.variable("type");
    String name = request.variable("name");
    return vault.blocks().versions(type, name).stream()
        .max((one, other) -> Integer.compare(one.version(), other.version()))
        .map(found -> Answer.json(200, json(found)))
        .orElseThrow(() -> Refused.notFound("there is no block " + type + "/" + name));
  }
}
