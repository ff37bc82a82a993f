package dev.penstock.files;

import dev.penstock.data.BadText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One record of a file that cannot be read; the ones after it can: `trips.csv, line 7, column
/// "fare": "abc" is not a double`.
public final class BadRecord extends Exception {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final @Nullable String column;
  private final @Nullable BadText text;

  /// A record that is broken as such.
  ///
  /// @param place file and line, or file and row: `trips.csv, line 7`
  BadRecord(String place, String problem, @Nullable Throwable cause) {
    super(place + ": " + problem, cause);
    this.place = place;
    this.column = null;
    this.text = null;
  }

  /// A record with a bad field.
  ///
  /// @param text the field, and what it is not; null if it is not its text that is bad
  BadRecord(String place, String column, String problem, @Nullable BadText text, Throwable cause) {
    super(place + ", column \"" + column + "\": " + problem, cause);
    this.place = place;
    this.column = column;
    this.text = text;
  }

  /// File and line, or file and row.
  public String place() {
    return place;
  }

  /// The column of the bad field, if it is one field that is bad.
  public Optional<String> column() {
    return Optional.ofNullable(column);
  }

  /// The text of the bad field.
  public Optional<String> text() {
    return Optional.ofNullable(text).map(BadText::text);
  }

  /// What was wanted instead, with its article: `a double`.
  public Optional<String> wanted() {
    return Optional.ofNullable(text).map(BadText::wanted);
  }
}
