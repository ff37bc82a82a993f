package dev.penstock.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/// The examples below the help of commands that have none of their own: those of the page about the
/// command, of which there is one for each. It is read when help is asked for only.
final class HelpExamples implements IHelpSectionRenderer {
  private static final String PAGE = "cli.md";
  private static final String BEGIN = "## Every command";
  private static final String FENCE = "```";

  /// Of commands with subcommands so many are shown.
  private static final int MOST = 8;

  @Override
  public String render(Help help) {
    String own = help.footer();
    if (!own.isEmpty()) {
      return own;
    }
    String command = help.commandSpec().qualifiedName();
    List<String> examples =
        page()
            .lines()
            .dropWhile(line -> !line.equals(BEGIN))
            .dropWhile(line -> !line.startsWith(FENCE))
            .skip(1)
            .takeWhile(line -> !line.startsWith(FENCE))
            .map(line -> line.replaceAll(" +# .*", ""))
            .filter(line -> line.equals(command) || line.startsWith(command + " "))
            .limit(MOST)
            .toList();
    return examples.isEmpty()
        ? ""
        : examples.stream()
            .map(line -> "  " + line)
            .collect(
                Collectors.joining(
                    System.lineSeparator(),
                    System.lineSeparator()
                        + (examples.size() == 1 ? "Example:" : "Examples:")
                        + System.lineSeparator(),
                    System.lineSeparator()));
  }

  private static String page() {
    try (InputStream page = Objects.requireNonNull(HelpExamples.class.getResourceAsStream(PAGE))) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
