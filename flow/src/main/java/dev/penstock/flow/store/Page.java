package dev.penstock.flow.store;

import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param after the id of the last row of the page before; null for the first page
/// @param size how many rows at most, from 1 to 1,000
public record Page(@Nullable String after, int size) {
  public Page {
    if (size < 1 || size > 1000) {
      throw new IllegalArgumentException("the size of a page must be from 1 to 1000, was " + size);
    }
  }

  public static Page first(int size) {
    return new Page(null, size);
  }
}
