package dev.penstock.http;

import dev.penstock.data.JsonValue;
import java.util.List;

/// A page that an API has answered.
///
/// @param url where it was, without secrets
/// @param answer the whole of it
/// @param items what it holds
public record Page(String url, HttpAnswer answer, List<JsonValue> items) {

  /// The URL and how much it holds.
  @Override
  public String toString() {
    return "Page[" + url + ", " + items.size() + " items]";
  }
}
