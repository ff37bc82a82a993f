package dev.penstock.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `penstock run` is asked to do.
///
/// @param file the program
/// @param arguments those of its main method
/// @param parameters texts like `table=trips`
/// @param classPath more jars, separated as in a class path
/// @param flowRun the id of a recorded run to go on with; null for a new start
/// @param showing what is shown besides what the program prints
record RunRequest(
    Path file,
    List<String> arguments,
    List<String> parameters,
    String classPath,
    @Nullable String flowRun,
    Showing showing) {
  private static final List<String> OUTPUTS = List.of("--output=json", "--output=text");

  /// Reads a plain command line, without the command-line library: that would take longer to load
  /// than all the rest. Whatever is not plain, mistakes above all, is left to [RunCommand], which
  /// says the same with all its options and messages.
  ///
  /// @return empty for anything but a plain `run`
  static Optional<RunRequest> ofPlain(String... words) {
    if (words.length < 2 || !words[0].equals("run")) {
      return Optional.empty();
    }
    @Nullable String file = null;
    List<String> arguments = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    @Nullable String output = null;
    boolean quiet = false;
    boolean stackTrace = false;
    Iterator<String> rest = Arrays.asList(words).listIterator(1);
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.equals("--output") && rest.hasNext()) {
        word += "=" + rest.next();
      }
      if (word.equals("--") && file != null) {
        rest.forEachRemaining(arguments::add);
      } else if (word.equals("--param") && rest.hasNext()) {
        String assignment = rest.next();
        if (assignment.startsWith("-") || assignment.startsWith("\"")) {
          return Optional.empty();
        }
        parameters.add(assignment);
      } else if (OUTPUTS.contains(word) && output == null) {
        output = word;
      } else if (word.equals("--quiet") && !quiet) {
        quiet = true;
      } else if (word.equals("--stacktrace") && !stackTrace) {
        stackTrace = true;
      } else if (word.startsWith("-") || word.startsWith("@") || word.startsWith("\"")) {
        return Optional.empty();
      } else if (file == null) {
        file = word;
      } else {
        arguments.add(word);
      }
    }
    return file == null
        ? Optional.empty()
        : Optional.of(
            new RunRequest(
                Path.of(file),
                arguments,
                parameters,
                "",
                null,
                new Showing("--output=json".equals(output), quiet, stackTrace)));
  }
}
