package dev.penstock.files;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The fields of some records of a CSV file, as places in the array of a [ByteWindow]. Filled by
/// [CsvTokenizer]; the fields are open to its loop.
final class CsvTokens {
  /// At most so many records at a time.
  static final int RECORDS = 1024;

  /// A field without quotes.
  static final byte PLAIN = 0;

  /// A field in quotes.
  static final byte QUOTED = 1;

  /// A field in quotes that holds doubled quotes.
  static final byte ESCAPED = 2;

  int records;
  private int fields;
  private final int[] firstField = new int[RECORDS + 1];
  private int[] from = new int[RECORDS * 8];
  private int[] to = new int[RECORDS * 8];
  private byte[] kind = new byte[RECORDS * 8];
  private final @Nullable String[] problem = new String[RECORDS];

  void clear() {
    records = 0;
    fields = 0;
  }

  void add(int start, int end, byte howQuoted) {
    if (fields == from.length) {
      from = Arrays.copyOf(from, fields * 2);
      to = Arrays.copyOf(to, fields * 2);
      kind = Arrays.copyOf(kind, fields * 2);
    }
    from[fields] = start;
    to[fields] = end;
    kind[fields] = howQuoted;
    fields++;
  }

  /// Takes back the fields that were added since the last record ended.
  void dropFields() {
    fields = firstField[records];
  }

  /// Ends a record, which consists of the fields added since the last one.
  ///
  /// @param broken what is wrong with it, or null
  void endRecord(@Nullable String broken) {
    problem[records] = broken;
    records++;
    firstField[records] = fields;
  }

  @Nullable String problem(int record) {
    return problem[record];
  }

  int fields(int record) {
    return firstField[record + 1] - firstField[record];
  }

  /// The number of a field of a record, for [#from], [#to] and [#kind].
  int field(int record, int index) {
    return firstField[record] + index;
  }

  int from(int field) {
    return from[field];
  }

  int to(int field) {
    return to[field];
  }

  byte kind(int field) {
    return kind[field];
  }
}
