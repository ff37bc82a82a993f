package dev.penstock.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parameters that someone gave for a job, still texts.
///
/// @param texts by the name as it was given
/// @param problems what could not even be read as a name and a text; told with all the others
public record GivenParameters(Map<String, String> texts, List<String> problems) {
  private static final String OPTION = "--param";

  /// Nothing given.
  public static final GivenParameters NONE = new GivenParameters(Map.of(), List.of());

  private static volatile GivenParameters launched = NONE;

  public GivenParameters {
    texts = Map.copyOf(texts);
    problems = List.copyOf(problems);
  }

  /// Those of texts like `table=trips`.
  public static GivenParameters of(List<String> assignments) {
    Map<String, String> texts = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String assignment : assignments) {
      int sign = assignment.indexOf('=');
      if (sign <= 0) {
        problems.add(OPTION + " takes NAME=VALUE, was \"" + assignment + "\"");
      } else if (texts.put(assignment.substring(0, sign), assignment.substring(sign + 1)) != null) {
        problems.add("\"" + assignment.substring(0, sign) + "\" is given twice");
      }
    }
    return new GivenParameters(texts, problems);
  }

  /// Those of the arguments of a `main` method: `--param table=trips`, repeated.
  public static GivenParameters ofArguments(String... arguments) {
    List<String> assignments = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Iterator<String> rest = Arrays.asList(arguments).iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals(OPTION) && rest.hasNext()) {
        assignments.add(rest.next());
      } else if (argument.startsWith(OPTION + "=")) {
        assignments.add(argument.substring(OPTION.length() + 1));
      } else {
        problems.add(
            "\"" + argument + "\" is no parameter; they are given as " + OPTION + " NAME=VALUE");
      }
    }
    GivenParameters given = of(assignments);
    problems.addAll(given.problems());
    return new GivenParameters(given.texts(), problems);
  }

  /// Those that this process was launched with.
  public static GivenParameters launched() {
    return launched;
  }

  /// Says what this process was launched with; for launchers, before the program starts.
  public static void launch(GivenParameters given) {
    launched = given;
  }

  /// These, and others that replace those of the same name.
  public GivenParameters and(GivenParameters others) {
    Map<String, String> bothTexts = new LinkedHashMap<>(texts);
    bothTexts.putAll(others.texts);
    List<String> bothProblems = new ArrayList<>(problems);
    bothProblems.addAll(others.problems);
    return new GivenParameters(bothTexts, bothProblems);
  }
}
