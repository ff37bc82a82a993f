package dev.penstock.files;

/// Finds the fields of one record after the other, in bytes, of which delimiters, quotes and line
/// ends are ASCII. Nothing is decoded or copied here.
final class CsvTokenizer {
  /// A quote that is not closed within so many bytes is taken to be broken.
  static final int LONGEST_RECORD = 16 * 1024 * 1024;

  enum Result {
    RECORD,
    BLANK_LINE,
    /// The window ends before the record does: fill it and call again.
    NEEDS_MORE,
    END
  }

  private final byte delimiter;
  private final byte quote;
  private final ByteWindow window;
  private final CsvTokens tokens;
  private final boolean blankIsRecord;

  /// How many line ends the last record held and ended with.
  private int lines;

  private int position;

  /// @param blankIsRecord whether an empty line is a record, as it is in a file of one column
  CsvTokenizer(CsvFormat format, ByteWindow window, CsvTokens tokens, boolean blankIsRecord) {
    this.delimiter = (byte) format.delimiter();
    this.quote = (byte) format.quote();
    this.window = window;
    this.tokens = tokens;
    this.blankIsRecord = blankIsRecord;
  }

  int lines() {
    return lines;
  }

  /// Adds the record at the window's start to the tokens, and moves the start behind it.
  Result next() {
    lines = 0;
    position = window.start;
    if (position == window.limit) {
      return window.ended ? Result.END : Result.NEEDS_MORE;
    }
    Field field = Field.AGAIN;
    while (field == Field.AGAIN) {
      boolean quoted = position < window.limit && window.bytes[position] == quote;
      field = quoted ? quotedField() : plainField();
    }
    return switch (field) {
      case AGAIN, LAST -> endRecord();
      case NEEDS_MORE -> {
        tokens.dropFields();
        yield Result.NEEDS_MORE;
      }
      case NOT_CLOSED -> broken("the quote is never closed");
      case NOT_ENDED -> broken("text follows the closing quote");
    };
  }

  /// What a field was followed by.
  private enum Field {
    AGAIN,
    LAST,
    NEEDS_MORE,
    NOT_CLOSED,
    NOT_ENDED
  }

  private Field plainField() {
    byte[] bytes = window.bytes;
    int limit = window.limit;
    int i = position;
    while (i < limit) {
      byte b = bytes[i];
      if (b == delimiter || b == '\n' || b == '\r') {
        break;
      }
      i++;
    }
    if (i == limit && !window.ended) {
      return Field.NEEDS_MORE;
    }
    tokens.add(position, i, CsvTokens.PLAIN);
    return after(i);
  }

  private Field quotedField() {
    byte[] bytes = window.bytes;
    int limit = window.limit;
    byte kind = CsvTokens.QUOTED;
    int from = position + 1;
    int i = from;
    while (true) {
      while (i < limit && bytes[i] != quote) {
        if (bytes[i] == '\n') {
          lines++;
        }
        i++;
      }
      if (i + 1 >= limit && !window.ended) {
        return limit - window.start < LONGEST_RECORD ? Field.NEEDS_MORE : Field.NOT_CLOSED;
      }
      if (i == limit) {
        return Field.NOT_CLOSED;
      }
      if (i + 1 == limit || bytes[i + 1] != quote) {
        tokens.add(from, i, kind);
        return after(i + 1);
      }
      kind = CsvTokens.ESCAPED;
      i += 2;
    }
  }

  private Field after(int end) {
    position = end;
    if (end == window.limit) {
      return Field.LAST;
    }
    byte b = window.bytes[end];
    if (b == delimiter) {
      position = end + 1;
      return Field.AGAIN;
    }
    return b == '\n' || b == '\r' ? Field.LAST : Field.NOT_ENDED;
  }

  private Result endRecord() {
    int end = lineEnd(position);
    if (end < 0) {
      tokens.dropFields();
      return Result.NEEDS_MORE;
    }
    boolean blank = position == window.start && !blankIsRecord;
    window.start = end;
    lines++;
    if (blank) {
      tokens.dropFields();
      return Result.BLANK_LINE;
    }
    tokens.endRecord(null);
    return Result.RECORD;
  }

  /// The index behind the line end at `at`; -1 if the window ends in the midst of CRLF.
  private int lineEnd(int at) {
    if (at == window.limit) {
      return at;
    }
    if (window.bytes[at] == '\n') {
      return at + 1;
    }
    if (at + 1 == window.limit) {
      return window.ended ? at + 1 : -1;
    }
    return window.bytes[at + 1] == '\n' ? at + 2 : at + 1;
  }

  /// The end of the broken record is a guess: if its first line is all that is lost, the records
  /// that follow are read.
  private Result broken(String problem) {
    tokens.dropFields();
    int i = window.start;
    while (i < window.limit && window.bytes[i] != '\n' && window.bytes[i] != '\r') {
      i++;
    }
    int end = i == window.limit && !window.ended ? -1 : lineEnd(i);
    boolean tooLong = window.limit - window.start >= LONGEST_RECORD;
    if (end < 0 && !tooLong) {
      return Result.NEEDS_MORE;
    }
    window.start = end < 0 ? i : end;
    lines = 1;
    tokens.endRecord(problem);
    return Result.RECORD;
  }
}
