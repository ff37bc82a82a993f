package dev.penstock.cli;

import dev.penstock.cli.program.CompiledProgram;
import dev.penstock.cli.program.ProgramLoader;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.Parameters;
import dev.penstock.flow.ParametersRefused;
import java.util.List;

/// Hands a program its parameters, when they are what it asks for.
///
/// @param fileName the program's, for messages
/// @param program which records it takes its parameters as
/// @param loader where those records are
record ProgramParameters(String fileName, CompiledProgram program, ProgramLoader loader) {

  /// Checks the parameters before the program does anything, and keeps them for it.
  ///
  /// @param assignments texts like `table=trips`
  /// @throws UsageError with everything that is wrong with them
  void launch(List<String> assignments) {
    if (program.flows()) {
      GivenParameters.launch(GivenParameters.of(assignments)); // checked by the flow that is run
      return;
    }
    if (program.parameters().isEmpty()) {
      if (!assignments.isEmpty()) {
        throw new UsageError(
            fileName
                + " takes no parameters: it calls neither parameters(…) nor runFlow(…), so --param is refused");
      }
      return;
    }
    GivenParameters given = GivenParameters.of(assignments);
    for (String name : program.parameters()) {
      check(name, given);
    }
    GivenParameters.launch(given);
  }

  private void check(String name, GivenParameters given) {
    try {
      Parameters.of(loader.loadClass(name).asSubclass(Record.class)).bind(given);
    } catch (ParametersRefused e) {
      throw new UsageError(fileName + ": " + Failures.message(e));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the program has no class " + name, e);
    }
  }
}
