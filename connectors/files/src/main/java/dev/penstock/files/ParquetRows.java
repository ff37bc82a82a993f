package dev.penstock.files;

import dev.penstock.files.parquet.BadRow;
import dev.penstock.files.parquet.ParquetFile;
import dev.penstock.files.parquet.RowReader;
import dev.penstock.files.parquet.UnreadableFile;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads one Parquet file in chunks of some thousand rows.
final class ParquetRows<T> implements RecordFileReader<T> {
  private final DataFile data;
  private final Split split;
  private final ParquetFile file;
  private final RowReader<T> rows;
  private boolean ended;

  ParquetRows(DataFile data, Split split, ParquetFile file, RowReader<T> rows) {
    this.data = data;
    this.split = split;
    this.file = file;
    this.rows = rows;
  }

  @Override
  public @Nullable Chunk<T> next() throws IOException {
    if (ended) {
      return null;
    }
    try {
      int[] selected = rows.next();
      ended = selected == null || !rows.more();
      return new Rows(rows.batchStart(), selected == null ? new int[0] : selected, ended);
    } catch (UnreadableFile e) {
      throw new BadFile(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public long bytes() {
    return file.bytesRead();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// The rows of a batch that the filter let through.
  private final class Rows implements Chunk<T> {
    private final long start;
    private final int[] selected;
    private final boolean last;

    Rows(long start, int[] selected, boolean last) {
      this.start = start;
      this.selected = selected;
      this.last = last;
    }

    @Override
    public Split split() {
      return split;
    }

    @Override
    public int size() {
      return selected.length;
    }

    @Override
    public T get(int i) throws BadRecord {
      try {
        return rows.get(selected[i]);
      } catch (BadRow e) {
        String place = data.shown() + ", row " + e.row();
        String why = String.valueOf(e.getMessage());
        throw e.column().isEmpty()
            ? new BadRecord(place, why, e.getCause())
            : new BadRecord(place, e.column(), why, null, e);
      }
    }

    @Override
    public Position after(int i) {
      return RowPosition.of(start + selected[i] + 1);
    }

    @Override
    public boolean last() {
      return last;
    }
  }
}
