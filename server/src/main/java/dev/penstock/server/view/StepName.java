package dev.penstock.server.view;

/// The name of a step, and what stands in brackets behind it: `map` and `concurrency 8`.
record StepName(String name, String detail) {
  static StepName of(String text) {
    int bracket = text.indexOf('(');
    if (bracket <= 0 || !text.endsWith(")")) {
      int space = text.indexOf(' ');
      return space <= 0
          ? new StepName(text, "")
          : new StepName(text.substring(0, space), text.substring(space + 1));
    }
    return new StepName(
        text.substring(0, bracket).strip(), text.substring(bracket + 1, text.length() - 1));
  }
}
