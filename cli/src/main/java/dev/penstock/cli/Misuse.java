package dev.penstock.cli;

import dev.penstock.data.DidYouMean;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what is wrong with a command line, and which words there are.
final class Misuse implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException wrong, String[] words) {
    CommandLine at = wrong.getCommandLine();
    CommandSpec spec = at.getCommandSpec();
    PrintWriter err = at.getErr();
    boolean group = !at.getSubcommands().isEmpty();
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      err.println(unknown(unmatched, spec));
    } else if (group && !(wrong instanceof MissingParameterException)) {
      err.println("say what to do:");
      at.usage(err);
      return ExitCode.USAGE;
    } else {
      err.println(wrong.getMessage());
    }
    err.println(spec.qualifiedName() + " --help shows what there is");
    return ExitCode.USAGE;
  }

  private static String unknown(UnmatchedArgumentException wrong, CommandSpec spec) {
    String word = wrong.getUnmatched().getFirst();
    Collection<String> known;
    String kind;
    if (wrong.isUnknownOption()) {
      kind = "option";
      known = spec.options().stream().map(OptionSpec::longestName).toList();
    } else if (!spec.subcommands().isEmpty()) {
      kind = "command";
      known = spec.subcommands().keySet();
    } else {
      kind = "argument";
      known = List.of();
    }
    return spec.qualifiedName()
        + " has no "
        + kind
        + " \""
        + word
        + "\""
        + DidYouMean.hint(word, known);
  }
}
