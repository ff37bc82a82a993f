package dev.penstock.server.pages;

import dev.penstock.data.Secret;
import dev.penstock.flow.store.SealedValues.SecretEntry;
import dev.penstock.flow.vault.BadKeys;
import dev.penstock.flow.vault.Vault;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.List;
import java.util.Map;

/// The page of the secrets: they are set and deleted there, and never shown.
final class SecretsPage {
  private final Site site;
  private final Vault vault;

  SecretsPage(Site site, Vault vault) {
    this.site = site;
    this.vault = vault;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/secrets",
            request ->
                show(
                    request,
                    200,
                    EditForm.of(Map.of("name", request.query().first("set").orElse(""))))),
        Route.post("/secrets", this::set),
        Route.post("/secrets/{name}/delete", this::delete));
  }

  private Answer show(Request request, int status, EditForm form) {
    List<SecretEntry> secrets = vault.secrets().list();
    Shell shell =
        site.shell(request, "Secrets", "secrets", List.of(new Shell.Crumb("Secrets", "")));
    return site.page(status, "secrets", shell, Map.of("secrets", secrets, "form", form));
  }

  private Answer set(Request request) {
    Fields form = request.form();
    EditForm typed = EditForm.of(form, "value");
    String value = form.raw("value").orElse("");
    if (value.isEmpty()) {
      return show(request, 422, typed.wrong("value", "write what is to be kept"));
    }
    try {
      vault.secrets().set(form.first("name").orElse(""), Secret.of(value));
      return Answer.seeOther("/secrets");
    } catch (BadKeys e) {
      return show(request, 409, typed.wrong("value", e));
    } catch (IllegalArgumentException e) {
      return show(request, 422, typed.wrong("name", e));
    }
  }

  private Answer delete(Request request) {
    String name = request.variable("name");
    if (!vault.secrets().delete(name)) {
      throw Refused.notFound("there is no secret " + name);
    }
    return Answer.seeOther("/secrets");
  }
}
