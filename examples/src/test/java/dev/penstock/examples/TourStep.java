package dev.penstock.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One thing that somebody does who follows the tour.
sealed interface TourStep {
  Pattern STEP =
      Pattern.compile(
          "<!-- tour: (\\S+) -->\\n(?:<!-- snippet: compile -->\\n)?```\\w+\\n(.*?)^```"
              + "|^```console\\n(.*?)^```",
          Pattern.DOTALL | Pattern.MULTILINE);

  /// Writes a file.
  record Write(String file, String text) implements TourStep {
    @Override
    public String title() {
      return "write " + file;
    }
  }

  /// Types a command.
  ///
  /// @param output what the page says that it prints; `…` stands for anything in a line, alone on a
  ///   line for any lines
  record Run(String command, String output) implements TourStep {
    @Override
    public String title() {
      return command;
    }

    /// Whether it goes on while others are typed.
    boolean isBehind() {
      return command.endsWith(" &");
    }

    /// Whether it printed what the page says, but for names, ids and times.
    boolean showed(String printed) {
      StringBuilder pattern = new StringBuilder();
      for (String line : comparable(output).lines().toList()) {
        if (line.equals("…")) {
          pattern.append("(?:.*\\n)*");
        } else {
          String quoted = Pattern.quote(line).replace("…", "\\E.*\\Q");
          pattern.append(quoted).append("\\n");
        }
      }
      String text = comparable(printed);
      return Pattern.matches(pattern.toString(), text.isEmpty() ? "" : text + "\n");
    }

    private static String comparable(String text) {
      return text.strip()
          .replaceAll("\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?", "TIME")
          .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}", "ID")
          .replaceAll("(?m)^[0-9a-f]{8}(?= )|(?<=Backfill )[0-9a-f]{8}", "SHORT-ID")
          .replaceAll("(?<=version )[0-9a-f]{12}", "VERSION")
          .replaceAll("\\b\\d+ (s|min) ago|\\bnow\\b", "AGE")
          .replaceAll("(?<=[' ])[a-z]+-[a-z]+(?='| {2})", "NAME")
          .replaceAll("[\\d.,]+ s\\b", "SECONDS")
          .replaceAll("[\\d.,]+[kM]?/s\\b", "RATE")
          .replaceAll(" {2,}", "  ")
          .replaceAll("(?m) +$", "");
    }
  }

  String title();

  /// All steps of a page, in their order.
  static List<TourStep> in(String markdown) {
    List<TourStep> steps = new ArrayList<>();
    Matcher step = STEP.matcher(markdown);
    while (step.find()) {
      if (step.group(1) != null) {
        steps.add(new Write(step.group(1), step.group(2)));
      } else {
        for (String each : step.group(3).split("(?m)^\\$ ")) {
          if (!each.isBlank()) {
            String[] parts = each.split("\n", 2);
            steps.add(new Run(parts[0], parts[1]));
          }
        }
      }
    }
    return steps;
  }
}
