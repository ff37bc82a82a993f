package dev.penstock.files;

import dev.penstock.data.BadJson;
import dev.penstock.data.BadText;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one CSV file: finds the fields of some thousand records at a time, and parses those of a
/// record when it is taken from the chunk.
final class CsvFileReader<T> implements RecordFileReader<T> {
  private final DataFile file;
  private final Split split;
  private final CsvShape<T> shape;
  private final TextInput in;
  private final ByteWindow window;
  private final CsvTokens tokens = new CsvTokens();
  private final CsvTokenizer tokenizer;
  private final CsvFields fields;
  private TextPlace place;

  CsvFileReader(DataFile file, Split split, Optional<Position> from, CsvReading<T> reading)
      throws IOException {
    this.file = file;
    this.split = split;
    CsvFormat format = reading.format();
    CsvHeader header = CsvHeader.of(file, format);
    this.shape = CsvShape.of(reading.type(), header.names(), file, format);
    this.place = from.map(TextPlace::of).orElse(header.end());
    this.in = TextInput.open(file, format.charset(), place.offset());
    this.window = new ByteWindow(in, place.offset());
    this.tokenizer = new CsvTokenizer(format, window, tokens, shape.columns() == 1);
    this.fields =
        new CsvFields(shape.schema(), shape.source(), format, tokens, window, in.charset());
  }

  @Override
  public @Nullable Chunk<T> next() throws IOException {
    if (place.offset() == 0) {
      window.skipByteOrderMark();
    }
    tokens.clear();
    TextPlaces places = new TextPlaces(CsvTokens.RECORDS, place.record());
    long line = place.line();
    boolean more = true;
    while (more && tokens.records < CsvTokens.RECORDS) {
      switch (tokenizer.next()) {
        case RECORD -> {
          long lineAfter = line + tokenizer.lines();
          places.add(line, window.offset(window.start), lineAfter);
          line = lineAfter;
        }
        case BLANK_LINE -> line += tokenizer.lines();
        case NEEDS_MORE -> {
          more = tokens.records == 0; // records found so far point into the window
          if (more) {
            window.fill(file);
          }
        }
        case END -> more = false;
      }
    }
    place = new TextPlace(window.offset(window.start), line, place.record() + tokens.records);
    return tokens.records == 0 ? null : new Records(places);
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
      String problem = tokens.problem(i);
      if (problem != null) {
        throw new BadRecord(where(i), problem, null);
      }
      if (tokens.fields(i) != shape.columns()) {
        throw new BadRecord(where(i), shape.wrongSize(tokens.fields(i)), null);
      }
      CsvFields record = fields.at(i);
      try {
        return shape.read(record);
      } catch (BadText e) {
        throw new BadRecord(where(i), column(record), String.valueOf(e.getMessage()), e, e);
      } catch (BadJson e) {
        BadText text = e.text().orElse(null);
        throw new BadRecord(where(i), column(record), String.valueOf(e.getMessage()), text, e);
      } catch (RuntimeException e) { // the record's constructor refuses the values
        throw new BadRecord(where(i), TextInput.reason(e), e);
      }
    }

    private String column(CsvFields record) {
      return shape.schema().column(record.column()).name();
    }
  }
}
