package dev.penstock.server.view;

/// The name of a step, and what stands in brackets behind it: `map` and `concurrency 8`.
record StepName(String name, String detail) {
  static StepName of(String text) {
    int bracket = text.indexOf('(');
    int space = text.indexOf(' ');
    if (bracket <= 0) {
      return space <= 0
          ? new StepName(text, "")
          : new StepName(text.substring(0, space), text.substring(space + 1));
    }
    int end = closing(text, bracket);
    String rest = text.substring(Math.min(text.length(), end + 1));
    return new StepName(
        text.substring(0, bracket).strip(),
        text.substring(bracket + 1, end)
            + (rest.startsWith(".") ? ", " + rest.substring(1) : rest));
  }

  /// Where the bracket is closed that was opened here.
  private static int closing(String text, int bracket) {
    int depth = 0;
    for (int i = bracket; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return text.length();
  }
}
