package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// The page of the command has an example of each command that there is, and of no other.
class CommandPageTest {
  private static final Pattern EXAMPLES =
      Pattern.compile(
          "## Every command\\n\\n```sh\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static List<String> examples() throws IOException {
    Matcher page = EXAMPLES.matcher(Files.readString(Path.of("../docs/cli.md")));
    assertThat(page.find()).isTrue();
    return page.group(1)
        .lines()
        .map(line -> line.replaceAll(" +#.*", ""))
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    assertThat(words.getFirst()).isEqualTo("penstock");
    return words.subList(1, words.size()).toArray(String[]::new);
  }

  private static TreeSet<String> leaves(CommandLine at) {
    TreeSet<String> names = new TreeSet<>();
    if (at.getSubcommands().isEmpty()) {
      names.add(at.getCommandSpec().qualifiedName());
    }
    at.getSubcommands().values().stream()
        .filter(each -> !each.getCommandSpec().usageMessage().hidden())
        .forEach(each -> names.addAll(leaves(each)));
    return names;
  }

  @Test
  void everyCommandHasAnExampleThatTheCommandLineTakes() throws IOException {
    CommandLine penstock = PenstockCommand.commandLine(Session.ofProcess());
    TreeSet<String> shown = new TreeSet<>();
    for (String line : examples()) {
      ParseResult parsed = penstock.parseArgs(words(line));
      while (parsed.hasSubcommand()) {
        parsed = parsed.subcommand();
      }
      shown.add(parsed.commandSpec().qualifiedName());
    }
    assertThat(shown).isEqualTo(leaves(penstock));
  }

  @Test
  void theHelpOfEveryCommandEndsWithExamplesOfIt() {
    assertEnds(PenstockCommand.commandLine(Session.ofProcess()));
  }

  private static void assertEnds(CommandLine at) {
    String name = at.getCommandSpec().qualifiedName();
    if (!at.getCommandSpec().usageMessage().hidden()) {
      assertThat(at.getUsageMessage()).as(name).containsPattern("(?s)\\RExamples?:\\R.*" + name);
    }
    at.getSubcommands().values().forEach(CommandPageTest::assertEnds);
  }
}
