package dev.penstock.data;

/// A text that is not what was wanted: `"abc" is not an int`.
public final class BadText extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 100;

  private final String text;
  private final String wanted;

  /// @param wanted with its article, and an example or a range if that helps: `a date like
  ///   2025-11-30`
  public BadText(CharSequence text, String wanted) {
    super(quoted(text) + " is not " + wanted);
    this.text = text.toString();
    this.wanted = wanted;
  }

  /// The whole text.
  public String text() {
    return text;
  }

  /// What was wanted, with its article.
  public String wanted() {
    return wanted;
  }

  /// The text as it is shown in messages: in quotes, on one line, cut after 100 characters.
  public static String quoted(CharSequence text) {
    StringBuilder quoted = new StringBuilder("\"");
    int shown = Math.min(text.length(), SHOWN);
    for (int i = 0; i < shown; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        default -> {
          if (Character.isISOControl(c)) {
            quoted.append(String.format("\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    quoted.append('"');
    if (shown < text.length()) {
      quoted.append("… (").append(text.length()).append(" characters)");
    }
    return quoted.toString();
  }
}
