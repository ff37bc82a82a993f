package dev.penstock.files.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/// The pages of one column in one row group, read one at a time: at most one compressed and one
/// plain page are in memory. The buffers are kept for the next row group.
final class Pages {
  private static final int WINDOW = 64 * 1024;

  /// Up to here a page's size is believed, even if the column says that it is smaller as a whole.
  private static final int ALWAYS_SOUND = 16 << 20;

  private final ParquetFile file;
  private final Window window = new Window();
  private byte[] compressed = new byte[0];
  private Codec codec = Codec.UNCOMPRESSED;
  private long valuesLeft;
  private long plainBytes;
  private boolean pending;
  private PageHeader header = new PageHeader();

  /// The page's plain bytes, [Hybrid#PADDING] more than there are.
  byte[] data = new byte[0];

  /// Where the repetition levels begin; a V1 page has its length prefix there.
  int repetitionAt;

  int definitionAt;
  int valuesAt;
  int end;

  Pages(ParquetFile file) {
    this.file = file;
  }

  /// Goes to the first page of a column chunk.
  void start(ColumnChunkMetaData chunk) {
    codec = Codec.of(chunk.getCodec());
    valuesLeft = chunk.getValueCount();
    plainBytes = chunk.getTotalUncompressedSize();
    window.start(chunk.getStartingPos(), chunk.getTotalSize());
    pending = false;
  }

  /// Reads the dictionary page into [#data], if one is next.
  ///
  /// @return the number of its entries, or -1 when there is none
  int dictionary() throws IOException {
    if (!peek() || header.type != PageType.DICTIONARY_PAGE) {
      return -1;
    }
    pending = false;
    inflate(0, header.compressed_page_size, header.uncompressed_page_size, true);
    valuesAt = 0;
    return header.dictionary_page_header.num_values;
  }

  /// Reads the header of the next data page, whose body is then either read or skipped.
  ///
  /// @return false at the end of the chunk
  boolean peek() throws IOException {
    while (!pending && valuesLeft > 0) {
      header = Util.readPageHeader(window);
      checkSizes();
      if (header.type == PageType.INDEX_PAGE) {
        window.skip(header.compressed_page_size);
      } else {
        pending = true;
      }
    }
    return pending;
  }

  /// A damaged header must not lead to reading for ever, nor to a buffer of any size.
  private void checkSizes() throws IOException {
    int packed = header.compressed_page_size;
    int plain = header.uncompressed_page_size;
    boolean sound =
        packed >= 0
            && plain >= 0
            && packed <= window.left()
            && (plain <= ALWAYS_SOUND || plain <= plainBytes);
    if (!sound) {
      throw new IOException("a page of " + packed + " bytes, " + plain + " when decompressed");
    }
  }

  /// How many values, nulls included, the page at hand has; of a column that is not repeated, how
  /// many rows.
  int values() throws IOException {
    int values = v2() ? header.data_page_header_v2.num_values : header.data_page_header.num_values;
    if (values < 0) {
      throw new IOException("a page with " + values + " values");
    }
    return values;
  }

  boolean v2() {
    return header.type == PageType.DATA_PAGE_V2;
  }

  DataPageHeader headerV1() {
    return header.data_page_header;
  }

  DataPageHeaderV2 headerV2() {
    return header.data_page_header_v2;
  }

  Encoding encoding() {
    return encoding(v2() ? headerV2().encoding : headerV1().encoding);
  }

  static Encoding encoding(org.apache.parquet.format.@Nullable Encoding encoding) {
    return Encoding.valueOf(Objects.requireNonNull(encoding, "a page without encoding").name());
  }

  /// Passes over the body of the page at hand.
  void skip() throws IOException {
    valuesLeft -= values();
    pending = false;
    window.skip(header.compressed_page_size);
  }

  /// Reads the body of the page at hand into [#data].
  void read() throws IOException {
    valuesLeft -= values();
    pending = false;
    if (v2()) {
      DataPageHeaderV2 v2 = headerV2();
      int levels = v2.repetition_levels_byte_length + v2.definition_levels_byte_length;
      reserve(header.uncompressed_page_size);
      window.readFully(data, 0, levels);
      repetitionAt = 0;
      definitionAt = v2.repetition_levels_byte_length;
      valuesAt = levels;
      inflate(
          levels,
          header.compressed_page_size - levels,
          header.uncompressed_page_size - levels,
          !v2.isSetIs_compressed() || v2.is_compressed);
    } else {
      repetitionAt = 0;
      inflate(0, header.compressed_page_size, header.uncompressed_page_size, true);
    }
  }

  private void inflate(int at, int from, int to, boolean packed) throws IOException {
    if (from < 0 || to < 0) {
      throw new IOException("a page whose levels are longer than itself");
    }
    reserve(at + to);
    if (!packed || codec == Codec.UNCOMPRESSED) {
      window.readFully(data, at, to);
      window.skip(from - to);
    } else if (from > 0) {
      if (compressed.length < from) {
        compressed = new byte[grown(from)];
      }
      window.readFully(compressed, 0, from);
      codec.decompress(compressed, from, data, at, to);
    }
    end = at + to;
    Arrays.fill(data, end, end + Hybrid.PADDING, (byte) 0);
  }

  private void reserve(int size) {
    if (data.length < size + Hybrid.PADDING) {
      data = Arrays.copyOf(data, grown(size + Hybrid.PADDING));
    }
  }

  private static int grown(int size) {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE - 8L, size + (long) (size >>> 3)));
  }

  /// A view of the chunk's bytes through a small buffer: page headers have no length, so they are
  /// read ahead.
  private final class Window extends InputStream {
    private final byte[] bytes = new byte[WINDOW];
    private int at;
    private int limit;
    private long next;
    private long stop;

    void start(long from, long length) {
      next = from;
      stop = from + length;
      at = 0;
      limit = 0;
    }

    long left() {
      return stop - next + limit - at;
    }

    @Override
    public int read() throws IOException {
      return at < limit || fill() ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (at == limit && !fill()) {
        return -1;
      }
      int n = Math.min(length, limit - at);
      System.arraycopy(bytes, at, to, offset, n);
      at += n;
      return n;
    }

    private boolean fill() throws IOException {
      int n = (int) Math.min(WINDOW, stop - next);
      if (n <= 0) {
        return false;
      }
      file.readFully(next, bytes, 0, n);
      next += n;
      at = 0;
      limit = n;
      return true;
    }

    /// Reads a body: what is left in the buffer, then straight from the file.
    void readFully(byte[] to, int offset, int length) throws IOException {
      int n = Math.min(length, limit - at);
      System.arraycopy(bytes, at, to, offset, n);
      at += n;
      if (n < length) {
        if (next + length - n > stop) {
          throw new EOFException("a page ends after its column");
        }
        file.readFully(next, to, offset + n, length - n);
        next += length - n;
      }
    }

    void skip(int length) {
      int n = Math.min(length, limit - at);
      at += n;
      next += length - n;
    }
  }
}
