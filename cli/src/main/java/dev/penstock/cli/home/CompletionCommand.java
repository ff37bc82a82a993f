package dev.penstock.cli.home;

import static java.util.Objects.requireNonNull;

import dev.penstock.cli.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `penstock completion`.
@Command(
    name = "completion",
    description = "Prints a script that lets a shell complete the words of this command.",
    footer = {
      "%nExamples:",
      "  source <(penstock completion bash)",
      "  penstock completion zsh > ~/.penstock-completion; source ~/.penstock-completion"
    })
public final class CompletionCommand implements Callable<Integer> {
  private final Session session;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "bash|zsh", description = "Which shell.")
  private Shell shell = Shell.bash;

  CompletionCommand(Session session) {
    this.session = session;
  }

  /// A shell. The script is the same for both: zsh turns on its understanding of bash in it.
  @SuppressWarnings("EnumNaming") // written as on the command line
  enum Shell {
    bash,
    zsh
  }

  @Override
  public Integer call() {
    session.say(AutoComplete.bash("penstock", requireNonNull(spec).root().commandLine()));
    return 0;
  }
}
