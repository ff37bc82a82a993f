package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.penstock.data.Secret;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.notify.Webhook;
import dev.penstock.flow.vault.Vault;
import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutomationCommandsTest extends CommandLineTests {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/s3cret";
    Vault.of(store, home).blocks().save("ops", new Webhook(Secret.of(url), null, Map.of()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(home.resolve("automations.yaml"), text);
  }

  private String create(String text) throws IOException {
    return run("automation", "create", file(text).toString())
        .golden()
        .replace(home.toString(), "HOME");
  }

  private static final String GOOD =
      """
      automations:
        - name: failures
          when:
            state: [Failed, Crashed]
            flows: [ing*]
          do:
            - notify: webhook/ops
              subject: "{{flow.name}} failed"
              text: "{{flow-run.name}}: {{flow-run.message}}"
        - name: late
          when: {no_state: [Completed], after: [Running], within: 2h, tags: [etl]}
          do: [{cancel_run: true}]
        - name: still
          when: {standstill: 10m}
          do: [{notify: webhook/ops}]
        - name: errors
          when: {error_ratio: 0.1}
          do: [{notify: webhook/ops}]
      """;

  @Test
  void automationsAreMadeOfAFileSteeredAndDeleted() throws Exception {
    StringBuilder said = new StringBuilder();
    say(said, "automation ls");
    said.append(create(GOOD)).append('\n');
    say(said, "automation ls");
    say(said, "automation inspect failures");
    say(said, "automation pause failures");
    say(said, "automations resume failure");
    say(said, "automation deliveries failures");
    say(said, "automation delete still");
    Golden.assertMatches("automation", said.toString());
  }

  @Test
  void whatIsShownCanBeWrittenToAFileAgain() throws Exception {
    create(GOOD);
    String before = definitions();
    Map<String, ?> shown =
        JsonTree.readObject(run("automation", "inspect", "late", "--output", "json").out());
    create(
        JsonTree.write(
            Map.of(
                "automations",
                List.of(
                    Map.of("name", "late", "when", shown.get("when"), "do", shown.get("do"))))));
    assertThat(definitions()).isEqualTo(before);
  }

  private String definitions() {
    return String.valueOf(
        store.automations().list().stream().map(each -> each.name() + each.definition()).toList());
  }

  @Test
  void everythingThatIsWrongWithAFileIsToldAtOnce() throws Exception {
    Golden.assertMatches(
        "automation-wrong",
        create(
            """
            automations:
              - name: a
                when: {state: [Faild]}
                do: [{notify: webhook/ops}]
              - name: b
                when: {state: [Failed], standstill: 10m}
                do: [{notify: ops}]
              - when: {no_state: [Completed], within: soon}
                do: [{run_deployment: ingest/nightly}]
              - name: c
                when: {error_ratio: much}
                do: [{notify: webhook/ops, text: "{{flow-run.nam}}"}]
              - name: d
                when: {sate: [Failed]}
                do: []
            """));
    assertThat(store.automations().list()).isEmpty();
  }

  @Test
  void whatWouldBeToldIsSentOnce() throws Exception {
    create(GOOD);
    assertThat(run("automation", "test", "failures").out())
        .isEqualTo("Sent to webhook/ops" + System.lineSeparator());
    assertThat(received).hasSize(1);
    assertThat(JsonTree.readObject(received.getFirst()))
        .containsEntry("subject", "(flow.name) failed");
    assertThat(run("automation", "test", "late").out())
        .isEqualTo("automation late sends no message" + System.lineSeparator());
    server.stop(0);
    Result refused = run("automation", "test", "failures");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).startsWith("the message was not taken: ").doesNotContain("s3cret");
    String kept = run("automation", "deliveries", "failures", "--output", "json").out();
    assertThat(kept).contains("DELIVERED", "FAILED").doesNotContain("s3cret");
    assertThat(kept.split("\"test\": ?true", -1)).as(kept).hasSize(3);
  }

  @Test
  void whatWasDoneIsListed() throws Exception {
    create(GOOD);
    shop.breakDown(true);
    ingested();
    try (Automations automations = new Automations(store, Vault.of(store, home), (_, _, _) -> {})) {
      automations.tick();
    }
    assertThat(received).hasSize(1).first().asString().contains("no table");
    assertThat(run("automation", "deliveries", "failures").out().lines().skip(1))
        .singleElement()
        .asString()
        .startsWith("notify webhook/ops  DELIVERED  1 ")
        .endsWith("204");
  }
}
