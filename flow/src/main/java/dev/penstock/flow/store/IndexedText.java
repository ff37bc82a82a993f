package dev.penstock.flow.store;

import dev.penstock.data.BadText;
import java.util.List;

/// The length of texts that things are found by: PostgreSQL has no place for longer ones in its
/// indexes.
final class IndexedText {
  private static final int MOST = 500;

  private IndexedText() {}

  /// @param what it is, with its article
  /// @throws IllegalArgumentException when it is longer
  static void check(String what, String text) {
    if (text.length() > MOST) {
      throw new IllegalArgumentException(
          what
              + " must be of at most "
              + MOST
              + " characters, was of "
              + text.length()
              + ": "
              + BadText.quoted(text));
    }
  }

  /// The same of each tag.
  static void checkTags(List<String> tags) {
    tags.forEach(tag -> check("a tag", tag));
  }
}
