package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.notify.Webhook;
import dev.penstock.flow.store.Delivery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is set in the pages of variables, secrets, blocks and automations, and what of it they show
/// again.
class ConfigurationPagesTest {
  private static final String HIDDEN = "hunter2-is-hidden";

  @TempDir static Path directory;
  private static Town town;

  @BeforeAll
  static void open() {
    town = new Town(directory);
    assertThat(town.get("/variables").body()).contains("penstock variable set");
    assertThat(town.get("/secrets").body()).contains("penstock secret set");
    assertThat(town.get("/automations").body()).contains("No automations yet");
    assertThat(town.get("/events").body()).contains("Nothing has happened yet");
  }

  @AfterAll
  static void close() {
    town.close();
  }

  @Test
  void variablesAreSetChangedAndDeleted() {
    assertThat(town.post("/variables", "name=region&value=eu-south&tags=a,+b").statusCode())
        .isEqualTo(303);
    assertThat(town.store.variables().get("region").json()).isEqualTo("\"eu-south\"");
    assertThat(town.get("/variables?edit=region").body())
        .contains("Change region", ">eu-south</textarea>", "value=\"a, b\"");
    town.post("/variables", "name=region&value=%5B1%2C2%5D");
    assertThat(town.store.variables().get("region").json()).isEqualTo("[1,2]");
    HttpResponse<String> wrong = town.post("/variables", "name=no+name&value=typed");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("Nothing was saved: 1 field needs a change.", "href=\"#f-name\"")
        .contains("must be up to 128 letters", ">typed</textarea>");
    assertThat(town.post("/variables/region/delete", "").statusCode()).isEqualTo(303);
    assertThat(town.store.variables().find("region")).isEmpty();
    assertThat(town.post("/variables/region/delete", "").statusCode()).isEqualTo(404);
  }

  @Test
  void secretsAreWrittenAndNeverShown() {
    HttpResponse<String> wrong = town.post("/secrets", "name=no+name&value=" + HIDDEN);
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("must be up to 128 letters").doesNotContain(HIDDEN);
    assertThat(town.post("/secrets", "name=crm&value=" + HIDDEN).statusCode()).isEqualTo(303);
    assertThat(town.get("/secrets").body()).contains("crm", "not shown").doesNotContain(HIDDEN);
    assertThat(town.vault.secrets().get("crm").reveal()).isEqualTo(HIDDEN);
    assertThat(town.post("/secrets", "name=crm").body()).contains("write what is to be kept");
    town.post("/secrets/crm/delete", "");
    assertThat(town.vault.secrets().find("crm")).isEmpty();
  }

  @Test
  void blocksHaveTheFormOfTheirTypeAndKeepSecretsThatAreLeftEmpty() {
    assertThat(town.get("/blocks").body()).contains("slack-webhook", "webhook");
    assertThat(town.get("/blocks/webhook").body())
        .contains("name=\"s.url\"", "Secret, required", "name=\"s.headers\"");
    assertThat(town.get("/blocks/nothing").statusCode()).isEqualTo(404);
    HttpResponse<String> wrong = town.post("/blocks/webhook", "name=ops&s.headers=%5B%5D");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("\"url\" is missing");
    String url = "http%3A%2F%2Flocalhost%2F" + HIDDEN;
    assertThat(town.post("/blocks/webhook", "name=ops&s.url=" + url).statusCode()).isEqualTo(303);
    assertThat(town.get("/blocks/webhook/ops").body())
        .contains("It is set; left empty, it stays as it is.")
        .doesNotContain(HIDDEN);
    town.post("/blocks/webhook", "name=ops&s.url=&s.headers=%7B%22a%22%3A%22b%22%7D");
    Webhook block = town.vault.blocks().get(Webhook.class, "ops");
    assertThat(block.url().reveal()).endsWith(HIDDEN);
    assertThat(block.headers()).containsEntry("a", "b");
    town.post("/blocks/webhook/ops/delete", "");
    assertThat(town.get("/blocks/webhook/ops").statusCode()).isEqualTo(404);
  }

  @Test
  void anAutomationIsBuiltInAFormTestedAndItsWebhookReceived() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    HttpServer hook = hook(received);
    try (Automations automations = new Automations(town.store, town.vault, (_, _, _) -> {})) {
      String url = "http%3A%2F%2F127.0.0.1%3A" + hook.getAddress().getPort() + "%2F";
      town.post("/blocks/webhook", "name=hook&s.url=" + url);
      HttpResponse<String> wrong =
          town.post("/automations", "name=tell&when=absence&within=soon&do1=notify");
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("write a time such as 30m", "choose a block");
      HttpResponse<String> saved =
          town.post(
              "/automations",
              "name=tell&when=state&states=Failed&states=TimedOut&flows=Rep*&do1=notify"
                  + "&channel1=webhook/hook&subject1=%7B%7Bflow-run.name%7D%7D+failed&text1=look");
      assertThat(saved.headers().firstValue("Location")).contains("/automations/tell");
      assertThat(town.get("/automations").body())
          .contains("Rep* comes to Failed or TimedOut", "notify webhook/hook");
      assertThat(town.post("/automations/tell/test", "").body())
          .contains("webhook/hook has taken it, and answered 204");
      assertThat(received.poll(5, TimeUnit.SECONDS)).contains("(flow-run.name) failed");
      String run = town.run("report", "{\"recipient\": \"ops\"}").name();
      automations.tick();
      assertThat(received.poll(5, TimeUnit.SECONDS)).contains(run + " failed");
      assertThat(town.store.deliveries().of("tell", 5))
          .extracting(Delivery::progress)
          .containsExactly(Delivery.Progress.DELIVERED, Delivery.Progress.DELIVERED);
      assertThat(town.store.deliveries().of("tell", 5))
          .extracting(Delivery::test)
          .containsExactly(false, true);
      assertThat(town.get("/automations/tell").body())
          .contains("Delivered", "204", "its run", "<span class=\"tag\">test</span>");
      hook.stop(0);
      assertThat(town.post("/automations/tell/test", "").body())
          .contains("The message of the test was not taken.", "Failed");
      assertThat(town.get("/events?name=failed").body()).contains("penstock.flow-run.Failed");
      assertThat(town.get("/events?of=nobody").body()).contains("No events match");
      town.post("/automations/tell/disable", "");
      assertThat(town.get("/automations").body()).contains("paused");
      town.post("/automations/tell/delete", "");
      assertThat(town.store.automations().list()).isEmpty();
    } finally {
      hook.stop(0);
    }
  }

  private static HttpServer hook(BlockingQueue<String> received) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
