package dev.penstock.data;

import dev.penstock.data.DataType.Scalar;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The fields of one JSON object, gathered by column before its record is made: they may come in
/// any order. Numbers are kept as their bits, so that nothing is boxed. Reused from object to
/// object.
final class JsonFields implements FieldSource {
  /// No more names than this are remembered: data may use names as keys.
  private static final int NAMES_KEPT = 1_000;

  static final int UNKNOWN = -1;

  private final Schema schema;
  private final JsonReader reader;
  private final Map<String, Integer> known = new HashMap<>();
  private final Map<String, Integer> folded = new HashMap<>();
  private final long[] bits;
  private final @Nullable Object[] objects;
  private final boolean[] isSet;
  private final boolean[] isNull;

  JsonFields(Schema schema, JsonReader reader) {
    this.schema = schema;
    this.reader = reader;
    int size = schema.size();
    bits = new long[size];
    objects = new Object[size];
    isSet = new boolean[size];
    isNull = new boolean[size];
    for (int i = 0; i < size; i++) {
      folded.merge(SnakeCase.folded(schema.column(i).name()), i, (_, _) -> UNKNOWN);
      known.putIfAbsent(schema.column(i).component(), i);
    }
    for (int i = 0; i < size; i++) {
      known.put(schema.column(i).name(), i);
    }
  }

  /// Forgets the object before.
  void begin() {
    Arrays.fill(isSet, false);
    Arrays.fill(isNull, true);
  }

  /// Whether the object has not had a value for the column before, which it has now.
  boolean isFirst(int column) {
    boolean first = !isSet[column];
    isSet[column] = true;
    return first;
  }

  /// Puts a number, by its bits.
  void put(int column, long number) {
    isNull[column] = false;
    bits[column] = number;
  }

  void put(int column, Object value) {
    isNull[column] = false;
    objects[column] = value;
  }

  /// Whether all columns have values that need them.
  boolean isComplete() {
    for (int i = 0; i < isNull.length; i++) {
      if (isNull[i] && !schema.column(i).nullable()) {
        return false;
      }
    }
    return true;
  }

  void read(JsonParser parser) {
    begin();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int column = column(name);
      parser.nextToken();
      if (column == UNKNOWN) {
        parser.skipChildren();
        continue;
      }
      if (!isFirst(column)) {
        throw BadJson.within(name, new BadJson("it is there more than once"));
      }
      try {
        readField(parser, column);
      } catch (BadText | BadJson e) {
        throw BadJson.within(name, e);
      }
    }
    for (int i = 0; i < isNull.length; i++) {
      if (isNull[i] && !schema.column(i).nullable()) {
        throw missing(i);
      }
    }
  }

  private BadJson missing(int column) {
    String problem = isSet[column] ? "it is null" : "it is missing";
    Column wanted = schema.column(column);
    return BadJson.within(
        wanted.name(), new BadJson(problem + ", wanted " + wanted.type().describe()));
  }

  /// The column of a field, or `UNKNOWN`.
  int column(String name) {
    Integer column = known.get(name);
    if (column == null) {
      column = folded.getOrDefault(SnakeCase.folded(name), UNKNOWN);
      if (known.size() < NAMES_KEPT) {
        known.put(name, column);
      }
    }
    return column;
  }

  private void readField(JsonParser parser, int column) {
    DataType type = schema.column(column).type();
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      objects[column] = null;
      return;
    }
    isNull[column] = false;
    if (type instanceof Scalar scalar && isNumber(scalar)) {
      JsonReader.expectScalar(parser, type);
      bits[column] = number(parser, scalar);
    } else {
      objects[column] = reader.value(parser, type);
    }
  }

  static boolean isNumber(Scalar type) {
    return switch (type) {
      case BYTE, SHORT, INT, LONG, FLOAT, DOUBLE -> true;
      case BOOLEAN, CHAR, STRING, DATE, TIME, LOCAL_DATE_TIME, INSTANT, UUID, BINARY -> false;
    };
  }

  private static long number(JsonParser parser, Scalar type) {
    if ((type == Scalar.LONG || type == Scalar.INT)
        && parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      JsonParser.NumberType size = parser.getNumberType();
      if (size == JsonParser.NumberType.INT
          || (size == JsonParser.NumberType.LONG && type == Scalar.LONG)) {
        return parser.getLongValue();
      }
    }
    String text = parser.getString();
    return switch (type) {
      case BYTE -> TextParser.parseByte(text);
      case SHORT -> TextParser.parseShort(text);
      case INT -> TextParser.parseInt(text);
      case LONG -> TextParser.parseLong(text);
      case FLOAT -> Float.floatToRawIntBits(TextParser.parseFloat(text));
      case DOUBLE -> Double.doubleToRawLongBits(TextParser.parseDouble(text));
      case BOOLEAN, CHAR, STRING, DATE, TIME, LOCAL_DATE_TIME, INSTANT, UUID, BINARY ->
          throw new IllegalArgumentException(type + " is no number");
    };
  }

  @Override
  public boolean isNull(int column) {
    return isNull[column];
  }

  @Override
  public boolean getBoolean(int column) {
    return Boolean.TRUE.equals(objects[column]);
  }

  @Override
  public byte getByte(int column) {
    return (byte) bits[column];
  }

  @Override
  public short getShort(int column) {
    return (short) bits[column];
  }

  @Override
  public int getInt(int column) {
    return (int) bits[column];
  }

  @Override
  public long getLong(int column) {
    return bits[column];
  }

  @Override
  public float getFloat(int column) {
    return Float.intBitsToFloat((int) bits[column]);
  }

  @Override
  public double getDouble(int column) {
    return Double.longBitsToDouble(bits[column]);
  }

  @Override
  public @Nullable Object getObject(int column) {
    return isNull[column] ? null : objects[column];
  }
}
