package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordTypeTest {
  private enum Color {
    GREEN,
    YELLOW
  }

  private record Zone(int id, String name) {}

  private record Primitives(boolean a, byte b, short c, int d, long e, float f, double g, char h) {}

  private record Boxes(
      Boolean a, Byte b, Short c, Integer d, Long e, Float f, Double g, Character h) {}

  private record Objects(
      String text,
      BigDecimal decimal,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      Instant instant,
      UUID uuid,
      byte[] binary,
      Color color,
      Zone zone,
      List<Zone> zones,
      Map<String, List<Integer>> map) {}

  private static <T> T copy(Class<T> type, T record) {
    Fields fields = new Fields(RecordType.of(type).schema().size());
    RecordType.of(type).write(record, fields);
    return RecordType.of(type).read(fields);
  }

  @Test
  void primitivesPassThrough() {
    Primitives record =
        new Primitives(true, Byte.MIN_VALUE, Short.MAX_VALUE, -1, Long.MIN_VALUE, 1.5f, -0.0, 'x');
    assertThat(copy(Primitives.class, record)).isEqualTo(record);
  }

  @Test
  void boxesPassThroughWithAndWithoutNulls() {
    Boxes full = new Boxes(false, (byte) 1, (short) 2, 3, 4L, 5f, 6d, '7');
    Boxes empty = new Boxes(null, null, null, null, null, null, null, null);
    assertThat(copy(Boxes.class, full)).isEqualTo(full);
    assertThat(copy(Boxes.class, empty)).isEqualTo(empty);
  }

  @Test
  void objectsPassThroughWithAndWithoutNulls() {
    Objects full =
        new Objects(
            "x",
            new BigDecimal("1.50"),
            LocalDate.EPOCH,
            LocalTime.NOON,
            LocalDate.EPOCH.atStartOfDay(),
            Instant.EPOCH,
            new UUID(1, 2),
            new byte[] {1},
            Color.YELLOW,
            new Zone(1, "EWR"),
            List.of(new Zone(2, "JFK")),
            Map.of("a", List.of(1)));
    Objects empty =
        new Objects(null, null, null, null, null, null, null, null, null, null, null, null);
    assertThat(copy(Objects.class, full)).isEqualTo(full);
    assertThat(copy(Objects.class, empty)).isEqualTo(empty);
  }

  @Test
  void recordsLocalToAMethodWork() {
    record Local(long id) {}

    assertThat(copy(Local.class, new Local(7))).isEqualTo(new Local(7));
  }

  private record Nothing() {}

  @Test
  void aRecordWithoutComponentsWorks() {
    assertThat(copy(Nothing.class, new Nothing())).isEqualTo(new Nothing());
  }

  @Test
  void columnsHaveTheTypesOfTheComponents() {
    Schema schema = RecordType.of(Objects.class).schema();
    assertThat(schema.columns().stream().map(Column::type))
        .containsExactly(
            Scalar.STRING,
            Decimal.ANY,
            Scalar.DATE,
            Scalar.TIME,
            Scalar.LOCAL_DATE_TIME,
            Scalar.INSTANT,
            Scalar.UUID,
            Scalar.BINARY,
            new Enumeration(Color.class),
            new Nested(RecordType.of(Zone.class)),
            new ListOf(new Nested(RecordType.of(Zone.class))),
            new MapOf(Scalar.STRING, new ListOf(Scalar.INT)));
    assertThat(schema.columns()).allMatch(Column::nullable);
    assertThat(RecordType.of(Primitives.class).schema().columns()).noneMatch(Column::nullable);
  }

  private record Names(
      int passengerCount, int PULocationID, int a1B2, @Name("Trip Type") int tripType, int x_y) {}

  @Test
  void columnsAreNamedInSnakeCaseUnlessTheyHaveAName() {
    assertThat(RecordType.of(Names.class).schema().names())
        .containsExactly("passenger_count", "pu_location_id", "a1_b2", "Trip Type", "x_y");
  }

  private record Checked(int percent) {
    Checked {
      if (percent > 100) {
        throw new IllegalArgumentException("percent must be at most 100, was " + percent);
      }
    }
  }

  @Test
  void whatTheConstructorThrowsPassesThrough() {
    Fields fields = new Fields(1);
    fields.putInt(0, 101);
    assertThatThrownBy(() -> RecordType.of(Checked.class).read(fields))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("percent must be at most 100, was 101");
  }

  private record Unsupported(
      int fine,
      ZonedDateTime at,
      List raw,
      int[] numbers,
      Map<Zone, String> zones,
      Path file,
      Date day) {}

  @Test
  void allUnsupportedComponentsAreInOneMessage() {
    assertThatThrownBy(() -> RecordType.of(Unsupported.class))
        .isInstanceOf(UnsupportedType.class)
        .hasMessage(
            "record Unsupported cannot be shown as columns: "
                + "component \"at\": java.time.ZonedDateTime is not supported: use Instant or LocalDateTime; "
                + "component \"raw\": java.util.List is not supported: its type arguments are missing; "
                + "component \"numbers\": int[] is not supported: use List; "
                + "component \"zones\": dev.penstock.data.RecordTypeTest.Zone is not supported: it cannot be the key of a map; "
                + "component \"file\": java.nio.file.Path is not supported: "
                + "use a primitive, String, a java.time type, an enum, a record, List or Map; "
                + "component \"day\": java.util.Date is not supported: use Instant or LocalDateTime");
  }

  private record Tree(String name, List<Branch> branches) {}

  private record Branch(Tree tree) {}

  @Test
  void aRecordThatContainsItselfIsRefused() {
    assertThatThrownBy(() -> RecordType.of(Tree.class))
        .isInstanceOf(UnsupportedType.class)
        .hasMessage(
            "record dev.penstock.data.RecordTypeTest.Tree contains itself: Tree > Branch > Tree");
  }

  @Test
  void aClassThatIsNoRecordIsRefused() {
    assertThatThrownBy(() -> RecordType.of(String.class))
        .isInstanceOf(UnsupportedType.class)
        .hasMessage("java.lang.String is not a record");
  }

  private record Twice(@Name("a") int x, int a) {}

  @Test
  void twoColumnsOfOneNameAreRefused() {
    assertThatThrownBy(() -> RecordType.of(Twice.class))
        .hasMessageContaining("more than one column is named \"a\"");
  }

  /// Fields in an array; puts and gets by the same rules as a connector.
  private static final class Fields implements FieldSource, FieldSink {
    private final Object[] values;

    Fields(int size) {
      values = new Object[size];
      Arrays.fill(values, this); // so that a column that is never put shows
    }

    @Override
    public boolean isNull(int column) {
      return values[column] == null;
    }

    @Override
    public boolean getBoolean(int column) {
      return (boolean) values[column];
    }

    @Override
    public byte getByte(int column) {
      return (byte) values[column];
    }

    @Override
    public short getShort(int column) {
      return (short) values[column];
    }

    @Override
    public int getInt(int column) {
      return (int) values[column];
    }

    @Override
    public long getLong(int column) {
      return (long) values[column];
    }

    @Override
    public float getFloat(int column) {
      return (float) values[column];
    }

    @Override
    public double getDouble(int column) {
      return (double) values[column];
    }

    @Override
    public Object getObject(int column) {
      return values[column];
    }

    @Override
    public void putNull(int column) {
      values[column] = null;
    }

    @Override
    public void putBoolean(int column, boolean value) {
      values[column] = value;
    }

    @Override
    public void putByte(int column, byte value) {
      values[column] = value;
    }

    @Override
    public void putShort(int column, short value) {
      values[column] = value;
    }

    @Override
    public void putInt(int column, int value) {
      values[column] = value;
    }

    @Override
    public void putLong(int column, long value) {
      values[column] = value;
    }

    @Override
    public void putFloat(int column, float value) {
      values[column] = value;
    }

    @Override
    public void putDouble(int column, double value) {
      values[column] = value;
    }

    @Override
    public void putObject(int column, Object value) {
      values[column] = value;
    }
  }
}
