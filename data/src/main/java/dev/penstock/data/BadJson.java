package dev.penstock.data;

import java.util.Optional;

/// JSON that cannot be read, or not as what was wanted: `field "zone.id": "abc" is not an int`.
public final class BadJson extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  private BadJson(String path, String problem, Throwable cause) {
    super(path.isEmpty() ? problem : "field \"" + path + "\": " + problem, cause);
    this.path = path;
    this.problem = problem;
  }

  BadJson(String problem) {
    super(problem);
    this.path = "";
    this.problem = problem;
  }

  BadJson(String problem, Throwable cause) {
    this("", problem, cause);
  }

  /// The same problem, seen from around the field or element where it was found.
  static BadJson within(String step, RuntimeException problem) {
    return switch (problem) {
      case BadJson inner when inner.path.isEmpty() || inner.path.startsWith("[") ->
          new BadJson(step + inner.path, inner.problem, inner);
      case BadJson inner -> new BadJson(step + "." + inner.path, inner.problem, inner);
      default -> new BadJson(step, String.valueOf(problem.getMessage()), problem);
    };
  }

  /// Where it is, like `zones[2].id`; empty when the text as a whole is no JSON.
  public String path() {
    return path;
  }

  /// The text that is there, if it is one that is not what was wanted.
  public Optional<BadText> text() {
    Throwable cause = this;
    while (cause instanceof BadJson) {
      cause = cause.getCause();
    }
    return cause instanceof BadText text ? Optional.of(text) : Optional.empty();
  }

  /// What is wrong there.
  public String problem() {
    return problem;
  }
}
