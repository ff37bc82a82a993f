package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.session.Session;
import dev.penstock.testkit.Golden;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandWordsTest extends CommandLineTests {
  /// What they print is no result.
  private static final Set<String> WITHOUT_OUTPUT =
      Set.of("imports", "completion", "help", "serve", "start");

  private static Stream<CommandSpec> leaves(CommandLine at) {
    return at.getSubcommands().isEmpty()
        ? Stream.of(at.getCommandSpec())
        : at.getSubcommands().values().stream().flatMap(CommandWordsTest::leaves);
  }

  @Test
  void everyCommandTellsOfItselfAndPrintsJson() {
    List<CommandSpec> all =
        leaves(PenstockCommand.commandLine(Session.ofProcess())).distinct().toList();
    assertThat(all)
        .hasSizeGreaterThan(20)
        .allSatisfy(command -> {
          assertThat(command.usageMessage().description()).isNotEmpty();
          assertThat(command.findOption("--help")).isNotNull();
          if (!WITHOUT_OUTPUT.contains(command.name())) {
            assertThat(command.findOption("--output")).as(command.qualifiedName()).isNotNull();
          }
        });
  }

  @Test
  void wrongWordsAreSaidWithTheRightOnes() throws Exception {
    StringBuilder said = new StringBuilder();
    for (String line :
        List.of(
            "flow-rnu ls",
            "flow-run lst",
            "flow-run ls --stat Failed",
            "flow-run ls --state Faild",
            "flow-run ls --limit 0",
            "flow-run ls --since yesterday",
            "flow-run ls more",
            "flow-run logs x --level LOUD",
            "flow-run inspect",
            "store",
            "doctor --output xml")) {
      said.append("$ penstock ").append(line).append('\n');
      said.append(run(line.split(" ")).golden()).append('\n');
    }
    Golden.assertMatches("wrong-words", said.toString());
  }

  @Test
  void theHelpOfACommandHasExamples() throws Exception {
    Golden.assertMatches("flow-run-ls-help", run("flow-run", "ls", "--help").golden());
  }
}
