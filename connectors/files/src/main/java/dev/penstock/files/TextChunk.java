package dev.penstock.files;

import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;

/// Some records of a text file, as places in it; each is parsed when it is taken.
abstract class TextChunk<T> implements Chunk<T> {
  private final DataFile file;
  private final Split split;
  private final TextPlaces places;
  private final boolean last;

  /// @param window from which the records were taken; the chunk is the last if nothing is left
  ///   there
  TextChunk(DataFile file, Split split, TextPlaces places, ByteWindow window) {
    this.file = file;
    this.split = split;
    this.places = places;
    this.last = window.ended && window.start == window.limit;
  }

  @Override
  public abstract T get(int i) throws BadRecord;

  /// For messages.
  final String where(int i) {
    return file.shown() + ", line " + places.line(i);
  }

  @Override
  public final Split split() {
    return split;
  }

  @Override
  public final int size() {
    return places.size();
  }

  @Override
  public final Position after(int i) {
    return places.after(i);
  }

  @Override
  public final String place(int i) {
    return "line=" + places.line(i);
  }

  @Override
  public final boolean last() {
    return last;
  }
}
