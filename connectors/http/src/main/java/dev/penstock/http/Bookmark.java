package dev.penstock.http;

import dev.penstock.data.BadJson;
import dev.penstock.data.JsonCodec;
import dev.penstock.pipeline.connector.Position;
import org.jspecify.annotations.Nullable;

/// Where a reader has come to in the pages of an API.
///
/// @param since the bound that this round was begun with; null for none
/// @param seen the greatest value that later rounds go on from; null for none yet
/// @param page the token of the page; null for the first
/// @param items how many items of it have been given
/// @param end whether the round is at its end
record Bookmark(
    @Nullable String since, @Nullable String seen, @Nullable String page, int items, boolean end) {

  static Bookmark of(Position position) {
    try {
      return JsonCodec.of(Bookmark.class).read(position.token(), 0, position.token().length);
    } catch (BadJson e) {
      throw new IllegalArgumentException(
          "the position \"" + position.text() + "\" is none of the pages of an API", e);
    }
  }

  Position position() {
    return new Position(JsonCodec.of(Bookmark.class).write(this));
  }
}
