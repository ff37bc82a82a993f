package dev.penstock.server.api;

import dev.penstock.data.Secret;
import dev.penstock.flow.store.SealedValues.SecretEntry;
import dev.penstock.flow.vault.BadKeys;
import dev.penstock.flow.vault.Secrets;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of the API about secrets, which are set, and never told.
final class SecretCalls {
  private static final String SECRET = Api.ROOT + "/secrets/{name}";
  private static final List<Operation.Parameter> BODY =
      List.of(Operation.Parameter.required("value", "string", "The secret."));

  private final Secrets secrets;

  SecretCalls(Secrets secrets) {
    this.secrets = secrets;
  }

  List<Operation> operations() {
    return List.of(
        Operation.list(
            Api.ROOT + "/secrets",
            "listSecrets",
            "The names of all secrets.",
            "SecretPage",
            List.of("name"),
            () -> secrets.list().stream().map(SecretCalls::json).toList()),
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
            request -> secrets.delete(request.variable("name"))));
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
      secrets.set(name, value);
    } catch (BadKeys e) {
      throw Refused.conflict(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw Refused.badField("name", String.valueOf(e.getMessage()));
    }
    return Answer.json(200, Map.of("name", name));
  }
}
