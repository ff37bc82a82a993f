package dev.penstock.http;

import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.util.List;

/// The records of a page, with the position after each.
///
/// @param made a record, or the [BadItem] in its place
record PageChunk<T>(Split split, List<Object> made, List<Bookmark> after, boolean last)
    implements Chunk<T> {

  @Override
  public int size() {
    return made.size();
  }

  @Override
  @SuppressWarnings("unchecked") // whoever makes the chunk puts records of T into it
  public T get(int i) {
    if (made.get(i) instanceof BadItem bad) {
      throw bad;
    }
    return (T) made.get(i);
  }

  @Override
  public Position after(int i) {
    return after.get(i).position();
  }
}
