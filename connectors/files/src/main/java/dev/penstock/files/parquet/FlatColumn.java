package dev.penstock.files.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/// A column that is not nested, decoded some thousand rows at a time into an array of its physical
/// type.
///
/// The plain and the dictionary encoding are decoded in bulk. Values of the rare encodings come one
/// by one from the reader that parquet-column has for them.
abstract sealed class FlatColumn
    permits IntColumn, LongColumn, FloatColumn, DoubleColumn, BooleanColumn, BinaryColumn {
  private enum Mode {
    PLAIN,
    DICTIONARY,
    OTHER
  }

  private final ColumnDescriptor descriptor;
  private final Pages pages;
  private final boolean optional;
  private final int[] ids;
  private final Hybrid levels = new Hybrid();
  private final Hybrid idRuns = new Hybrid();
  private int left;
  private Mode mode = Mode.PLAIN;
  private boolean allPresent;
  private boolean bitPackedLevels;
  private int levelBit;
  private ValuesReader others;

  /// By row of the batch, whether there is no value.
  final boolean[] absent;

  /// Whether any row of the batch has no value.
  boolean anyAbsent;

  /// The page's bytes and where the next plain value is in them.
  byte[] data = new byte[0];

  int next;
  int end;

  /// @param ids scratch that all columns of a reader share
  FlatColumn(ColumnDescriptor descriptor, ParquetFile file, int[] ids) {
    this.descriptor = descriptor;
    this.pages = new Pages(file);
    this.optional = descriptor.getMaxDefinitionLevel() > 0;
    this.ids = ids;
    this.absent = new boolean[ids.length];
    this.others = NONE;
  }

  /// The column of a physical type, for batches of `ids.length` rows.
  static FlatColumn of(ColumnDescriptor descriptor, ParquetFile file, int[] ids) {
    return switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> new IntColumn(descriptor, file, ids);
      case INT64 -> new LongColumn(descriptor, file, ids);
      case FLOAT -> new FloatColumn(descriptor, file, ids);
      case DOUBLE -> new DoubleColumn(descriptor, file, ids);
      case BOOLEAN -> new BooleanColumn(descriptor, file, ids);
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> new BinaryColumn(descriptor, file, ids);
    };
  }

  final ColumnDescriptor descriptor() {
    return descriptor;
  }

  final void start(ColumnChunkMetaData chunk) throws IOException {
    pages.start(chunk);
    left = 0;
    int entries = pages.dictionary();
    if (entries >= 0) {
      if ((long) entries * leastBytes() > pages.end) {
        throw new IOException("a dictionary of " + entries + " entries in " + pages.end + " bytes");
      }
      dictionary(pages.data, pages.end, entries);
    }
  }

  /// Decodes the next `count` rows of the row group.
  final void read(int count) throws IOException {
    anyAbsent = false;
    int done = 0;
    while (done < count) {
      while (left == 0) {
        nextPage();
      }
      int n = Math.min(left, count - done);
      int present = present(done, n);
      values(done, present);
      if (present < n) {
        anyAbsent = true;
        spread(done, n, present);
      }
      left -= n;
      done += n;
    }
  }

  /// Passes over rows; pages that lie in them as a whole are not even decompressed.
  final void skip(long count) throws IOException {
    long rest = count;
    while (rest > 0) {
      if (left == 0) {
        while (pages.peek() && pages.values() <= rest) {
          rest -= pages.values();
          pages.skip();
        }
        if (rest == 0) {
          return;
        }
        nextPage();
      }
      int n = (int) Math.min(Math.min(left, rest), ids.length);
      read(n);
      rest -= n;
    }
  }

  private int present(int at, int count) {
    if (allPresent) {
      Arrays.fill(absent, at, at + count, false);
      return count;
    }
    return bitPackedLevels ? bitPacked(at, count) : levels.readPresence(absent, at, count);
  }

  private void values(int at, int count) {
    switch (mode) {
      case PLAIN -> plain(at, count);
      case DICTIONARY -> {
        idRuns.read(ids, 0, count);
        gather(ids, at, count);
      }
      case OTHER -> other(others, at, count);
    }
  }

  private void nextPage() throws IOException {
    if (!pages.peek()) {
      throw new IllegalStateException("the column has fewer rows than its row group");
    }
    left = pages.values();
    Encoding encoding = pages.encoding();
    pages.read();
    data = pages.data;
    end = pages.end;
    next = pages.v2() ? pages.valuesAt : 0;
    startLevels();
    switch (encoding) {
      case PLAIN -> {
        mode = Mode.PLAIN;
        startPlain();
      }
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        mode = Mode.DICTIONARY;
        idRuns.start(data, next + 1, next < end ? data[next] : 0);
      }
      case RLE,
          BIT_PACKED,
          DELTA_BINARY_PACKED,
          DELTA_LENGTH_BYTE_ARRAY,
          DELTA_BYTE_ARRAY,
          BYTE_STREAM_SPLIT -> {
        mode = Mode.OTHER;
        others = encoding.getValuesReader(descriptor, ValuesType.VALUES);
        others.initFromPage(
            left, ByteBufferInputStream.wrap(java.nio.ByteBuffer.wrap(data, next, end - next)));
      }
    }
  }

  private void startLevels() {
    allPresent = !optional;
    bitPackedLevels = false;
    if (!optional) {
      return;
    }
    if (pages.v2()) {
      allPresent = pages.headerV2().num_nulls == 0;
      levels.start(data, pages.definitionAt, 1);
    } else if (Pages.encoding(pages.headerV1().definition_level_encoding) == Encoding.RLE) {
      int length = Bytes.intAt(data, next);
      levels.start(data, next + 4, 1);
      next += 4 + length;
    } else {
      bitPackedLevels = true;
      levelBit = next << 3;
      next += (left + 7) >>> 3;
    }
  }

  /// The levels of files of the format's first years: one bit each, the highest bit first, without
  /// runs.
  private int bitPacked(int at, int count) {
    int present = 0;
    for (int i = 0; i < count; i++, levelBit++) {
      int one = data[levelBit >>> 3] >>> (7 - (levelBit & 7)) & 1;
      absent[at + i] = one == 0;
      present += one;
    }
    return present;
  }

  /// Takes the dictionary page: `count` plain values in `bytes` up to `limit`.
  abstract void dictionary(byte[] bytes, int limit, int count);

  /// How many bytes a value needs at least.
  abstract int leastBytes();

  /// Called before the first plain value of a page, which is at [#next].
  void startPlain() {}

  /// Decodes `count` plain values from [#next] on.
  abstract void plain(int at, int count);

  /// Looks `count` ids up in the dictionary.
  abstract void gather(int[] ids, int at, int count);

  /// Takes `count` values from the library's reader.
  abstract void other(ValuesReader from, int at, int count);

  /// Moves `present` values that lie at `at` to their rows among `count`, from the last to the
  /// first.
  abstract void spread(int at, int count, int present);

  private static final ValuesReader NONE =
      new ValuesReader() {
        @Override
        public void skip() {
          throw new IllegalStateException("no page");
        }
      };
}
