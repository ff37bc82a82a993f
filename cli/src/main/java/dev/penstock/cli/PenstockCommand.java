package dev.penstock.cli;

import dev.penstock.cli.access.ApiKeyCommand;
import dev.penstock.cli.access.AuditCommand;
import dev.penstock.cli.access.UserCommand;
import dev.penstock.cli.automation.AutomationCommand;
import dev.penstock.cli.deploy.DeployRefused;
import dev.penstock.cli.example.ExampleCommand;
import dev.penstock.cli.home.CompletionCommand;
import dev.penstock.cli.home.ConfigCommand;
import dev.penstock.cli.home.DoctorCommand;
import dev.penstock.cli.home.InitCommand;
import dev.penstock.cli.home.ProfileCommand;
import dev.penstock.cli.home.StoreCommand;
import dev.penstock.cli.position.PositionsCommand;
import dev.penstock.cli.program.CompileFailed;
import dev.penstock.cli.program.UnreadableSource;
import dev.penstock.cli.runs.ArtifactCommand;
import dev.penstock.cli.runs.FlowRunCommand;
import dev.penstock.cli.runs.TaskRunCommand;
import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Session;
import dev.penstock.cli.session.SessionCommands;
import dev.penstock.cli.vault.BlockCommand;
import dev.penstock.cli.vault.SecretCommand;
import dev.penstock.cli.vault.VariableCommand;
import dev.penstock.cli.work.ConcurrencyLimitCommand;
import dev.penstock.cli.work.WorkPoolCommand;
import dev.penstock.cli.work.WorkQueueCommand;
import dev.penstock.flow.store.OnlyAtDatabase;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.flow.store.UnknownName;
import dev.penstock.flow.vault.BadKeys;
import dev.penstock.flow.yaml.YamlRefused;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/// The `penstock` command; its subcommands do the work.
@Command(name = "penstock", description = "Write, run and watch data pipelines in plain Java.")
final class PenstockCommand {
  private static final List<Class<?>> COMMANDS =
      List.of(
          RunCommand.class,
          InitCommand.class,
          ExampleCommand.class,
          DeployCommand.class,
          DeploymentCommand.class,
          FlowCommand.class,
          FlowRunCommand.class,
          TaskRunCommand.class,
          ArtifactCommand.class,
          WorkPoolCommand.class,
          WorkQueueCommand.class,
          ConcurrencyLimitCommand.class,
          WorkerCommand.class,
          ServerCommand.class,
          UserCommand.class,
          ApiKeyCommand.class,
          AuditCommand.class,
          VariableCommand.class,
          SecretCommand.class,
          BlockCommand.class,
          AutomationCommand.class,
          PositionsCommand.class,
          ConfigCommand.class,
          ProfileCommand.class,
          StoreCommand.class,
          DoctorCommand.class,
          ImportsCommand.class,
          CompletionCommand.class,
          VersionCommand.class,
          HelpCommand.class);

  /// These tell of all the others.
  private static final Set<Class<?>> NEED_ALL = Set.of(CompletionCommand.class, HelpCommand.class);

  private PenstockCommand() {}

  /// Carries out a command line in this process.
  ///
  /// @return the exit code
  static int execute(String... words) {
    try (Session session = Session.ofProcess()) {
      return commandLine(session, words).execute(words);
    }
  }

  /// The command with what this line needs of it: to look through the options of all commands takes
  /// longer than most of them.
  static CommandLine commandLine(Session session, String... words) {
    CommandLine commandLine = new CommandLine(new PenstockCommand(), new SessionCommands(session));
    needed(words).forEach(commandLine::addSubcommand);
    commandLine.setOut(session.out());
    commandLine.setErr(session.err());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(new Misuse());
    commandLine.setExecutionExceptionHandler(PenstockCommand::failed);
    completeAll(commandLine);
    return commandLine;
  }

  private static List<Class<?>> needed(String[] words) {
    return COMMANDS.stream()
        .filter(command -> words.length > 0 && isCalled(words[0], command))
        .filter(command -> !NEED_ALL.contains(command))
        .findFirst()
        .map(List::<Class<?>>of)
        .orElse(COMMANDS);
  }

  private static boolean isCalled(String word, Class<?> command) {
    Command told = command.getAnnotation(Command.class);
    return word.equals(told.name()) || List.of(told.aliases()).contains(word);
  }

  /// What holds for every command: it has `--help`, with examples, and `--version`.
  private static void completeAll(CommandLine at) {
    CommandSpec spec = at.getCommandSpec();
    if (spec.findOption("--help") == null) {
      spec.addMixin("help", CommandSpec.forAnnotatedObject(new HelpOptions()));
    }
    spec.versionProvider(new Version());
    at.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, new HelpExamples());
    at.getSubcommands().values().forEach(PenstockCommand::completeAll);
  }

  private static int failed(Exception failure, CommandLine at, ParseResult line) throws Exception {
    PrintWriter err = at.getErr();
    return switch (failure) {
      case UnknownName _,
          BadKeys _,
          CommandFailed _,
          DeployRefused _,
          YamlRefused _,
          CompileFailed _,
          UnreadableSource _,
          StoreUnavailable _,
          OnlyAtDatabase _,
          IllegalStateException _ -> {
        err.println(Failures.message(failure));
        yield ExitCode.FAILED;
      }
      case UsageError _, IllegalArgumentException _ -> {
        err.println(failure.getMessage());
        yield ExitCode.USAGE;
      }
      default -> throw failure;
    };
  }
}
