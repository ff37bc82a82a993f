package dev.penstock.flow.automation;

import dev.penstock.data.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts with gaps, `{{flow-run.name}}`, that facts are put into as they are; whoever sends the
/// text escapes it for its medium.
final class Template {
  private static final Pattern GAP = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

  private Template() {}

  /// @throws IllegalArgumentException when a gap asks for what is never known
  static void check(String template) {
    Matcher gap = GAP.matcher(template);
    while (gap.find()) {
      if (!Facts.NAMES.contains(gap.group(1))) {
        throw new IllegalArgumentException(
            "{{"
                + gap.group(1)
                + "}} stands for nothing"
                + DidYouMean.hint(gap.group(1), Facts.NAMES)
                + " (there are "
                + String.join(", ", List.copyOf(Facts.NAMES))
                + ")");
      }
    }
  }

  static String filled(String template, Map<String, String> facts) {
    return GAP.matcher(template)
        .replaceAll(gap -> Matcher.quoteReplacement(facts.getOrDefault(gap.group(1), "")));
  }
}
