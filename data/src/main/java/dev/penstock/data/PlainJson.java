package dev.penstock.data;

import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.Scalar;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads JSON objects as most programs write them, with less work than through a parser: strings
/// without escapes, plain numbers, nothing nested. It gives up on all else, which the parser then
/// reads from its start: what is wrong, and how, only the parser says. For one thread.
final class PlainJson {
  private static final int NAMES_KEPT = 256;

  /// In bytes: the parser has limits for what is very long.
  private static final int LONGEST = 1 << 20;

  /// Instead of a column.
  private static final int GIVE_UP = -2;

  /// So many surely fit into a long.
  private static final int MOST_DIGITS = 18;

  /// It is not tried for so many objects after it has given up again and again.
  private static final int LONGEST_PAUSE = 1_023;

  private final Schema schema;
  private final JsonFields fields;

  // the names as they stood in the objects before, and their columns: mostly they come in one order
  private byte[][] names = new byte[16][];
  private int[] columns = new int[16];

  private byte[] json = new byte[0];
  private int at;
  private int end;

  private int pause;
  private int leftToSkip;

  PlainJson(Schema schema, JsonFields fields) {
    this.schema = schema;
    this.fields = fields;
  }

  /// Fills the fields, or returns false.
  boolean read(byte[] json, int offset, int length) {
    if (leftToSkip > 0 || length > LONGEST) {
      leftToSkip = Math.max(0, leftToSkip - 1);
      return false;
    }
    this.json = json;
    at = offset;
    end = offset + length;
    boolean done;
    try {
      done = object();
    } catch (BadText e) {
      done = false; // it is told with the field's name
    }
    pause = done ? 0 : Math.min(LONGEST_PAUSE, 2 * pause + 1);
    leftToSkip = pause;
    return done;
  }

  private boolean object() {
    fields.begin();
    if (!take('{')) {
      return false;
    }
    int number = 0;
    do {
      int column = name(number++);
      if (column == GIVE_UP || !take(':') || !value(column)) {
        return false;
      }
    } while (take(','));
    if (!take('}')) {
      return false;
    }
    skipBlanks();
    return at == end && fields.isComplete();
  }

  private int name(int number) {
    if (!take('"') || number == NAMES_KEPT) {
      return GIVE_UP;
    }
    if (number == names.length) {
      names = Arrays.copyOf(names, 2 * number);
      columns = Arrays.copyOf(columns, 2 * number);
    }
    byte[] before = names[number];
    int close = before == null ? end : at + before.length;
    if (close < end
        && json[close] == '"'
        && Arrays.equals(json, at, close, before, 0, before.length)) {
      at = close + 1;
      return columns[number];
    }
    int from = at;
    String name = text();
    if (name == null) {
      return GIVE_UP;
    }
    names[number] = Arrays.copyOfRange(json, from, at - 1);
    columns[number] = fields.column(name);
    return columns[number];
  }

  private boolean value(int column) {
    skipBlanks();
    if (at == end) {
      return false;
    }
    boolean known = column != JsonFields.UNKNOWN;
    if (known && !fields.isFirst(column)) {
      return false;
    }
    byte first = json[at];
    if (first == '"') {
      at++;
      String text = text();
      return text != null && (!known || put(column, text));
    }
    if (first == '-' || isDigit(first)) {
      return number(column);
    }
    if (takeWord("null")) {
      return true;
    }
    boolean bool = takeWord("true");
    if (!bool && !takeWord("false")) {
      return false;
    }
    if (known && schema.column(column).type() != Scalar.BOOLEAN) {
      return false;
    }
    if (known) {
      fields.put(column, (Object) bool);
    }
    return true;
  }

  private boolean put(int column, String text) {
    DataType type = schema.column(column).type();
    boolean single =
        type instanceof Scalar scalar && !JsonFields.isNumber(scalar)
            || type instanceof Decimal
            || type instanceof Enumeration;
    if (single) {
      fields.put(column, TextParser.parse(text, type));
    }
    return single;
  }

  /// Up to the quote that closes it; null when it needs more than being copied.
  private @Nullable String text() {
    byte[] json = this.json;
    int from = at;
    int i = from;
    int bits = 0;
    while (i < end && json[i] != '"') {
      byte b = json[i++];
      if (b == '\\' || (b >= 0 && b < ' ')) {
        return null;
      }
      bits |= b;
    }
    if (i == end) {
      return null;
    }
    at = i + 1;
    if (bits >= 0) {
      return new String(json, from, i - from, StandardCharsets.ISO_8859_1);
    }
    String text = new String(json, from, i - from, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : null; // it stands for what is malformed
  }

  /// Digits, and perhaps a point and more digits.
  private boolean number(int column) {
    int from = at;
    boolean negative = json[at] == '-';
    int first = negative ? ++at : at;
    long value = digits();
    int whole = at - first;
    if (whole == 0 || (json[first] == '0' && whole > 1)) {
      return false;
    }
    boolean point = at < end && json[at] == '.';
    if (point) {
      int fraction = ++at;
      digits();
      if (at == fraction) {
        return false;
      }
    }
    if (at - first > MOST_DIGITS || at == end || "eE+-.".indexOf(json[at]) >= 0) {
      return false;
    }
    if (column == JsonFields.UNKNOWN) {
      return true;
    }
    DataType type = schema.column(column).type();
    if (!(type instanceof Scalar scalar)) {
      return type instanceof Decimal && putDecimal(column, from);
    }
    return switch (scalar) {
      case BYTE, SHORT, INT, LONG -> !point && putWhole(column, scalar, negative ? -value : value);
      case FLOAT -> {
        fields.put(column, Float.floatToRawIntBits(TextParser.parseFloat(since(from))));
        yield true;
      }
      case DOUBLE -> {
        fields.put(column, Double.doubleToRawLongBits(TextParser.parseDouble(since(from))));
        yield true;
      }
      case BOOLEAN, CHAR, STRING, DATE, TIME, LOCAL_DATE_TIME, INSTANT, UUID, BINARY -> false;
    };
  }

  private boolean putDecimal(int column, int from) {
    fields.put(column, (Object) new BigDecimal(since(from)));
    return true;
  }

  private boolean putWhole(int column, Scalar type, long value) {
    boolean fits =
        switch (type) {
          case BYTE -> value == (byte) value;
          case SHORT -> value == (short) value;
          case INT -> value == (int) value;
          default -> true;
        };
    if (fits) {
      fields.put(column, value);
    }
    return fits;
  }

  private long digits() {
    long value = 0;
    while (at < end && isDigit(json[at])) {
      value = 10 * value + (json[at++] - '0'); // of too many digits it is not used
    }
    return value;
  }

  private String since(int from) {
    return new String(json, from, at - from, StandardCharsets.ISO_8859_1);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private boolean takeWord(String word) {
    if (end - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (json[at + i] != word.charAt(i)) {
        return false;
      }
    }
    at += word.length(); // what follows is looked at by whoever goes on
    return true;
  }

  private boolean take(char wanted) {
    skipBlanks();
    if (at == end || json[at] != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void skipBlanks() {
    while (at < end
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
  }
}
