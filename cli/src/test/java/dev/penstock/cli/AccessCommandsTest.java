package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.ApiKey;
import dev.penstock.flow.store.Role;
import dev.penstock.testkit.Golden;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessCommandsTest extends CommandLineTests {
  private static final String PASSWORD = "correct horse battery";

  private void typing(StringBuilder said, String password, String line) {
    said.append("$ penstock ").append(line).append('\n');
    said.append(answering(password, Map.of(), line.split(" ")).golden()).append('\n');
  }

  @Test
  void usersAreMadeShownAndDeleted() throws Exception {
    StringBuilder said = new StringBuilder();
    say(said, "user ls");
    typing(said, "short", "user create Ana --role admin");
    typing(said, PASSWORD, "user create Ana --role admin");
    typing(said, PASSWORD, "user create ana --role viewer");
    typing(said, PASSWORD, "user create b/b --role viewer");
    typing(said, PASSWORD, "user create bob --role boss");
    say(said, "user set-role ana operator");
    typing(said, PASSWORD + "2", "user passwd ana");
    typing(said, PASSWORD, "user passwd anna");
    say(said, "user ls");
    say(said, "user delete ana");
    say(said, "user delete ana");
    assertThat(said.toString()).doesNotContain(PASSWORD, "argon2");
    Golden.assertMatches("user", said.toString());
    assertThat(store.auditLog().list(Long.MAX_VALUE, 10))
        .extracting(entry -> entry.action() + ": " + entry.subject() + ", " + entry.origin())
        .containsExactly(
            "delete user: ana, command",
            "set password: ana, command",
            "set role: ana operator, command",
            "create user: ana admin, command");
    assertThat(run("audit", "ls", "--output", "json").out()).contains("\"action\":\"set role\"");
  }

  @Test
  void aKeyIsPrintedOnceAndKeptAsAHash() throws Exception {
    Map<String, ?> made =
        JsonTree.readObject(
            run(
                    "api-key",
                    "create",
                    "ci",
                    "--role",
                    "operator",
                    "--expires",
                    "90d",
                    "--output",
                    "json")
                .out());
    String key = String.valueOf(made.get("key"));
    assertThat(key).matches("pk_[A-Za-z0-9_-]{43}");
    assertThat(store.apiKeys().list()).extracting(ApiKey::role).containsExactly(Role.OPERATOR);
    assertThat(run("api-key", "ls").out())
        .contains("ci", "operator", "in 89 d")
        .doesNotContain(key);
    assertThat(run("api-key", "create", "ci", "--role", "admin").err())
        .contains("there is a key \"ci\" already");
    assertThat(run("api-key", "create", "x", "--role", "admin", "--expires", "soon").err())
        .contains("--expires", "soon", "90d");
    assertThat(run("api-key", "revoke", "ci").out()).contains("Revoked key ci");
    assertThat(run("api-key", "revoke", "ci").exit()).isNotZero();
  }
}
