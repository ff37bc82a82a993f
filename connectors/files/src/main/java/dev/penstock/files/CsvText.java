package dev.penstock.files;

import java.util.List;

/// Writes fields one after the other, in quotes where that is needed.
final class CsvText {
  private final char delimiter;
  private final char quote;
  private final String nullText;
  private final boolean hasHeader;
  private final StringBuilder line = new StringBuilder();
  private boolean first;

  CsvText(CsvFormat format) {
    delimiter = format.delimiter();
    quote = format.quote();
    nullText = format.nullText();
    hasHeader = format.columns().isEmpty();
  }

  String header(List<String> names) {
    if (!hasHeader) {
      return "";
    }
    begin();
    names.forEach(this::add);
    return end();
  }

  void begin() {
    line.setLength(0);
    first = true;
  }

  String end() {
    return line.append('\n').toString();
  }

  void addNull() {
    next();
    line.append(nullText);
  }

  void add(String field) {
    next();
    if (needsQuotes(field)) {
      line.append(quote);
      for (int i = 0; i < field.length(); i++) {
        char c = field.charAt(i);
        if (c == quote) {
          line.append(quote);
        }
        line.append(c);
      }
      line.append(quote);
    } else {
      line.append(field);
    }
  }

  private void next() {
    if (!first) {
      line.append(delimiter);
    }
    first = false;
  }

  /// Also if it would be read as null without quotes.
  private boolean needsQuotes(String field) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == delimiter || c == quote || c == '\n' || c == '\r') {
        return true;
      }
    }
    return field.equals(nullText) || field.isEmpty();
  }
}
