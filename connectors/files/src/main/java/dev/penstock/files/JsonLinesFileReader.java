package dev.penstock.files;

import dev.penstock.data.BadJson;
import dev.penstock.data.JsonCodec;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one file of JSON Lines: finds the lines, and parses one when its record is taken from the
/// chunk.
final class JsonLinesFileReader<T> implements RecordFileReader<T> {
  private static final int RECORDS = 1024;

  private final DataFile file;
  private final Split split;
  private final JsonCodec<T> codec;
  private final TextInput in;
  private final ByteWindow window;
  private final int[] from = new int[RECORDS];
  private final int[] to = new int[RECORDS];
  private TextPlace place;

  JsonLinesFileReader(DataFile file, Split split, Optional<Position> from, JsonCodec<T> codec)
      throws IOException {
    this.file = file;
    this.split = split;
    this.codec = codec;
    this.place = from.map(TextPlace::of).orElse(TextPlace.START);
    this.in = TextInput.open(file, StandardCharsets.UTF_8, place.offset());
    this.window = new ByteWindow(in, place.offset());
  }

  @Override
  public @Nullable Chunk<T> next() throws IOException {
    if (place.offset() == 0) {
      window.skipByteOrderMark();
    }
    TextPlaces places = new TextPlaces(RECORDS, place.record());
    long line = place.line();
    while (places.size() < RECORDS) {
      int end = lineEnd();
      if (end < 0) {
        if (places.size() > 0) {
          break; // the lines found so far point into the window
        }
        window.fill(file);
        continue;
      }
      if (end == window.start) {
        break;
      }
      boolean blank = isBlank(window.start, end);
      if (!blank) {
        from[places.size()] = window.start;
        to[places.size()] = withoutLineEnd(end);
        places.add(line, window.offset(end), line + 1);
      }
      line++;
      window.start = end;
    }
    place = new TextPlace(window.offset(window.start), line, place.record() + places.size());
    return places.size() == 0 ? null : new Records(places);
  }

  /// The index behind the line that starts the window; its start at the end of the file; -1 if the
  /// window is too short.
  private int lineEnd() {
    byte[] bytes = window.bytes;
    for (int i = window.start; i < window.limit; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return window.ended ? window.limit : -1;
  }

  private int withoutLineEnd(int end) {
    int last = end;
    while (window.bytes[last - 1] == '\n' || window.bytes[last - 1] == '\r') {
      last--; // the line is not blank, so that this ends within it
    }
    return last;
  }

  private boolean isBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (window.bytes[i] > ' ' || window.bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long bytes() {
    return in.bytes();
  }

  @Override
  public void close() throws IOException {
    window.close();
  }

  private final class Records extends TextChunk<T> {
    Records(TextPlaces places) {
      super(file, split, places, window);
    }

    @Override
    public T get(int i) throws BadRecord {
      try {
        return codec.read(window.bytes, from[i], to[i] - from[i]);
      } catch (BadJson e) {
        throw e.path().isEmpty()
            ? new BadRecord(where(i), e.problem(), e)
            : new BadRecord(where(i), e.path(), e.problem(), e.text().orElse(null), e);
      } catch (RuntimeException e) { // the record's constructor refuses the values
        throw new BadRecord(where(i), TextInput.reason(e), e);
      }
    }
  }
}
