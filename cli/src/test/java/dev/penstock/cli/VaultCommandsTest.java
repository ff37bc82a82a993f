package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.vault.Vault;
import dev.penstock.testkit.Golden;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaultCommandsTest extends CommandLineTests {
  private static final Map<String, String> TOKEN = Map.of("TOKEN", "t0k3n");

  @Test
  void variablesAreSetShownAndDeleted() throws Exception {
    StringBuilder said = new StringBuilder();
    say(said, "variable ls");
    say(said, "variable set months [1,2] --tag taxi --tag year");
    say(said, "variable set months [1,2,3]");
    say(said, "variable set color green");
    say(said, "variable set count 7 --text");
    say(said, "variable ls");
    say(said, "variables get months");
    say(said, "variable get color");
    say(said, "variable get colour");
    say(said, "variable set my/color green");
    say(said, "variable delete color");
    say(said, "variable delete color");
    Golden.assertMatches("variable", said.toString());
    assertThat(JsonTree.readObject(run("variable", "get", "count", "--output", "json").out()))
        .containsEntry("value", "7")
        .containsEntry("tags", JsonTree.read("[]"));
    assertThat(run("variable", "ls", "--output", "json").out())
        .startsWith("[{\"name\":\"count\",\"value\":\"7\",\"tags\":[],\"updated\":\"2");
  }

  @Test
  void secretsAreSetAndNeverShown() throws Exception {
    StringBuilder said = new StringBuilder();
    say(said, "secret ls");
    said.append(answering("s3cret\n", Map.of(), "secret", "set", "password").golden()).append('\n');
    say(said, TOKEN, "secret set token --from-env TOKEN");
    say(said, "secret set other --from-env TOKE");
    say(said, "secret set empty");
    say(said, "secret set given hunter2");
    say(said, "secret ls");
    say(said, "secret ls --output json");
    say(said, "secret rotate");
    say(said, "secret delete token");
    say(said, "secret delete tokn");
    assertThat(said.toString()).doesNotContain("s3cret", "t0k3n");
    Golden.assertMatches("secret", said.toString());
    assertThat(Vault.of(store, home).secrets().get("password").reveal()).isEqualTo("s3cret");
  }

  @Test
  void blocksAreMadeShownAndDeleted() throws Exception {
    StringBuilder said = new StringBuilder();
    String create = "block create smtp/mail --set host=mail.example.org --set port=25 ";
    String whom = "--set security=NONE --set from=etl@example.org --set to=[\"me@example.org\"] ";
    say(said, "block ls");
    say(said, "block types");
    say(said, create + whom + "--set password=hunter2");
    say(said, create + "--set form=etl@example.org");
    say(said, create + whom + "--secret pasword");
    say(said, "block create smpt/mail --set host=mail.example.org");
    say(said, "block create mail --set host=mail.example.org");
    say(said, TOKEN, create + whom + "--secret-from-env password=TOKEN");
    say(said, create + whom);
    said.append("$ penstock block create smtp/mail --secret password --replace\n");
    String[] again = (create + whom + "--secret password --replace").split(" ");
    said.append(answering("s3cret", Map.of(), again).golden()).append('\n');
    say(said, "block ls");
    say(said, "block inspect smtp/mail");
    say(said, "block inspect smtp/male");
    say(said, "block delete smtp/mail");
    assertThat(said.toString()).doesNotContain("s3cret", "t0k3n");
    Golden.assertMatches("block", said.toString());
  }
}
