package dev.penstock.pipeline.plan;

import java.time.Duration;

/// What an `observe` step has seen pass so far.
public record Observed(String subject, Duration elapsed, long errors, long elements) {

  /// `observed=cards elapsed=0:00:01.250000 errors=0 elements=1024`, in logfmt.
  public String logfmt() {
    return "observed=%s elapsed=%d:%02d:%02d.%06d errors=%d elements=%d"
        .formatted(
            quoted(subject),
            elapsed.toHours(),
            elapsed.toMinutesPart(),
            elapsed.toSecondsPart(),
            elapsed.toNanosPart() / 1000,
            errors,
            elements);
  }

  private static String quoted(String text) {
    boolean plain = !text.isEmpty();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain &= c > ' ' && c != '"' && c != '\\' && c != '=';
    }
    return plain
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
