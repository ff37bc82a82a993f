package dev.penstock.jdbc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.penstock.data.FieldSink;
import dev.penstock.data.Json;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/// Records as columns in native memory, laid out as Arrow says, to be read by DuckDB in place.
/// Filled by one thread, then read by others.
final class ArrowBatch<T> implements FieldSink {
  private static final long MAX_SECOND = Long.MAX_VALUE / 1_000_000 - 1;

  /// A batch is handed over when one of its text columns has come to this size.
  private static final int FULL_TEXT_BYTES = 16 << 20;

  private static final int LARGEST_TEXT_BYTES = 1 << 30;

  private final LoadTarget<T> target;
  private final ArrowColumn[] columns;
  private final boolean[] notNull;
  private final int capacity;
  private final MemorySegment fixed;
  private final long[] data;
  private final long[] validity;
  private final Arena[] textArenas;
  private final MemorySegment[] texts;
  private final int[] textEnd;
  private int rows;
  private boolean textsFull;

  ArrowBatch(LoadTarget<T> target, List<ArrowColumn> columns, int capacity, Arena arena) {
    int width = columns.size();
    this.target = target;
    this.columns = columns.toArray(ArrowColumn[]::new);
    this.capacity = capacity;
    this.notNull = new boolean[width];
    this.data = new long[width];
    this.validity = new long[width];
    this.textArenas = new Arena[width];
    this.texts = new MemorySegment[width];
    this.textEnd = new int[width];
    long size = 0;
    for (int i = 0; i < width; i++) {
      notNull[i] = !target.column(i).nullable();
      validity[i] = size;
      size = align(size + (capacity + 7) / 8);
      data[i] = size;
      size = align(size + (capacity + 1L) * this.columns[i].width());
    }
    this.fixed = arena.allocate(size, 64);
    for (int i = 0; i < width; i++) {
      textArenas[i] = Arena.ofShared();
      texts[i] =
          this.columns[i].variable()
              ? textArenas[i].allocate(capacity * 8L, 64)
              : MemorySegment.NULL;
    }
    clear();
  }

  private static long align(long size) {
    return (size + 63) / 64 * 64;
  }

  void clear() {
    rows = 0;
    textsFull = false;
    for (int i = 0; i < columns.length; i++) {
      textEnd[i] = 0;
      fixed.asSlice(validity[i], (capacity + 7) / 8).fill((byte) 0xff);
      if (columns[i].variable()) {
        fixed.set(JAVA_INT, data[i], 0);
      }
    }
  }

  int rows() {
    return rows;
  }

  boolean full() {
    return rows == capacity || textsFull;
  }

  /// Bytes that the rows take here.
  long bytes() {
    long sum = 0;
    for (int i = 0; i < columns.length; i++) {
      sum += (long) rows * columns[i].width() + textEnd[i];
    }
    return sum;
  }

  long validityAddress(int column) {
    return fixed.address() + validity[column];
  }

  long dataAddress(int column) {
    return fixed.address() + data[column];
  }

  long textAddress(int column) {
    return texts[column].address();
  }

  /// Frees the texts; the rest goes with the arena.
  void close() {
    for (Arena arena : textArenas) {
      arena.close();
    }
  }

  /// Adds one row, or nothing if a field does not fit.
  void write(T record) {
    boolean whole = false;
    try {
      target.type().write(record, this);
      rows++;
      whole = true;
    } finally {
      if (!whole) {
        takeBack();
      }
    }
  }

  private void takeBack() {
    for (int i = 0; i < columns.length; i++) {
      long at = validity[i] + (rows >> 3);
      fixed.set(JAVA_BYTE, at, (byte) (fixed.get(JAVA_BYTE, at) | 1 << (rows & 7)));
      if (columns[i].variable()) {
        textEnd[i] = fixed.get(JAVA_INT, data[i] + ((long) rows << 2));
      }
    }
  }

  @Override
  public void putNull(int column) {
    if (notNull[column]) {
      throw bad(column, "is NOT NULL in the table, the record has null");
    }
    long at = validity[column] + (rows >> 3);
    fixed.set(JAVA_BYTE, at, (byte) (fixed.get(JAVA_BYTE, at) & ~(1 << (rows & 7))));
    if (columns[column].variable()) {
      fixed.set(JAVA_INT, data[column] + (rows + 1L << 2), textEnd[column]);
    }
  }

  @Override
  public void putBoolean(int column, boolean value) {
    fixed.set(JAVA_BYTE, data[column] + rows, (byte) (value ? 1 : 0));
  }

  @Override
  public void putByte(int column, byte value) {
    fixed.set(JAVA_BYTE, data[column] + rows, value);
  }

  @Override
  public void putShort(int column, short value) {
    fixed.set(JAVA_SHORT, data[column] + ((long) rows << 1), value);
  }

  @Override
  public void putInt(int column, int value) {
    fixed.set(JAVA_INT, data[column] + ((long) rows << 2), value);
  }

  @Override
  public void putLong(int column, long value) {
    fixed.set(JAVA_LONG, data[column] + ((long) rows << 3), value);
  }

  @Override
  public void putFloat(int column, float value) {
    fixed.set(JAVA_FLOAT, data[column] + ((long) rows << 2), value);
  }

  @Override
  public void putDouble(int column, double value) {
    fixed.set(JAVA_DOUBLE, data[column] + ((long) rows << 3), value);
  }

  @Override
  public void putObject(int column, Object value) {
    switch (value) {
      case String text -> putText(column, text);
      case Enum<?> constant -> putText(column, constant.name());
      case LocalDateTime time ->
          putTime(column, time.toEpochSecond(ZoneOffset.UTC), time.getNano(), value);
      case Instant time -> putTime(column, time.getEpochSecond(), time.getNano(), value);
      case LocalDate date -> putDate(column, date);
      case LocalTime time -> putLong(column, time.toNanoOfDay() / 1000);
      case BigDecimal decimal -> putDecimal(column, decimal);
      case byte[] bytes -> putBytes(column, bytes);
      case java.util.UUID id -> putText(column, id.toString());
      case Character c -> putText(column, c.toString());
      default -> putText(column, Json.write(value, target.dataType(column)));
    }
  }

  private void putText(int column, String text) {
    int length = text.length();
    int end = textEnd[column];
    MemorySegment to = room(column, length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        putBytes(column, encode(column, text));
        return;
      }
      to.set(JAVA_BYTE, end + i, (byte) c);
    }
    finishText(column, end + length);
  }

  private byte[] encode(int column, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.isLowSurrogate(text.charAt(i))
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw bad(
              column,
              "cannot hold half of a surrogate pair, at character " + (i + 1) + " of the text");
        }
        i++;
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void putBytes(int column, byte[] bytes) {
    MemorySegment to = room(column, bytes.length);
    MemorySegment.copy(bytes, 0, to, JAVA_BYTE, textEnd[column], bytes.length);
    finishText(column, textEnd[column] + bytes.length);
  }

  private void finishText(int column, int end) {
    textEnd[column] = end;
    textsFull |= end >= FULL_TEXT_BYTES;
    fixed.set(JAVA_INT, data[column] + (rows + 1L << 2), end);
  }

  private MemorySegment room(int column, int more) {
    MemorySegment now = texts[column];
    long wanted = (long) textEnd[column] + more;
    if (wanted <= now.byteSize()) {
      return now;
    }
    if (wanted > LARGEST_TEXT_BYTES) {
      throw bad(column, "cannot hold a text of " + more + " bytes");
    }
    Arena arena = Arena.ofShared();
    MemorySegment larger = arena.allocate(Math.max(wanted, now.byteSize() * 2), 64);
    MemorySegment.copy(now, 0, larger, 0, textEnd[column]);
    textArenas[column].close();
    textArenas[column] = arena;
    texts[column] = larger;
    return larger;
  }

  private void putTime(int column, long epochSecond, int nano, Object value) {
    if (epochSecond > MAX_SECOND || epochSecond < -MAX_SECOND) {
      throw bad(column, "cannot hold a time so far away, was " + value);
    }
    putLong(column, epochSecond * 1_000_000 + nano / 1000);
  }

  private void putDate(int column, LocalDate date) {
    long day = date.toEpochDay();
    if (day > Integer.MAX_VALUE - 1 || day < -Integer.MAX_VALUE + 1) {
      throw bad(column, "cannot hold a date so far away, was " + date);
    }
    putInt(column, (int) day);
  }

  private void putDecimal(int column, BigDecimal value) {
    ArrowColumn wanted = columns[column];
    BigInteger unscaled;
    try {
      BigDecimal scaled = value.setScale(wanted.scale(), RoundingMode.UNNECESSARY);
      if (scaled.precision() > wanted.precision()) {
        throw new ArithmeticException("too many digits");
      }
      unscaled = scaled.unscaledValue();
    } catch (ArithmeticException e) {
      throw bad(
          column,
          "is %s in the table, which cannot hold %s"
              .formatted(target.column(column).type(), value.toPlainString()));
    }
    long at = data[column] + ((long) rows << 4);
    fixed.set(JAVA_LONG, at, unscaled.longValue());
    fixed.set(JAVA_LONG, at + 8, unscaled.shiftRight(64).longValue());
  }

  private BadValue bad(int column, String problem) {
    return new BadValue(target.column(column).name(), problem);
  }

  ArrowColumn column(int column) {
    return columns[column];
  }
}
