package dev.penstock.data.block;

import java.util.List;

/// Settings of a block that cannot be read; the message lists all that is wrong with them, and
/// shows no secret.
public final class BadBlock extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  BadBlock(String slug, List<String> problems) {
    super("the settings of a " + slug + " block do not fit: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /// All that is wrong. What is wrong with a setting begins with its name in quotes.
  public List<String> problems() {
    return problems == null ? List.of() : problems;
  }
}
