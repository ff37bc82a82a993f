package dev.penstock.data;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a Java record looks like as columns. One for each class, made when first asked for and kept
/// as long as the class. Safe for use by several threads.
///
/// Components may be primitives and their boxes, `String`, `BigDecimal`, `LocalDate`, `LocalTime`,
/// `LocalDateTime`, `Instant`, `UUID`, `byte[]`, enums, records, and `List`s and `Map`s of these.
///
/// @param <T> the record class
public final class RecordType<T> {
  private static final ClassValue<RecordType<?>> CACHE =
      new ClassValue<>() {
        @Override
        protected RecordType<?> computeValue(Class<?> type) {
          return new RecordType<>(type, inspect(type));
        }
      };

  private final Class<T> type;
  private final Schema schema;
  private volatile RecordAccess.@Nullable Code<T> code;

  private RecordType(Class<T> type, Schema schema) {
    this.type = type;
    this.schema = schema;
  }

  /// The type of a record class, which may be private, local, or nested in the implicit class of a
  /// source file.
  ///
  /// @throws UnsupportedType when it is not a record or has components that no column can hold; the
  ///   message lists all
  @SuppressWarnings("unchecked") // the cache holds for each class the type of that class
  public static <T> RecordType<T> of(Class<T> record) {
    return (RecordType<T>) CACHE.get(record);
  }

  /// The record class.
  public Class<T> type() {
    return type;
  }

  /// One column for each component, in their order.
  public Schema schema() {
    return schema;
  }

  /// Makes a record of the fields. What the fields' getters and the record's constructor throw
  /// passes through.
  public T read(FieldSource from) {
    return code().reader().apply(from);
  }

  /// Hands the fields of a record over, in column order.
  public void write(T record, FieldSink to) {
    code().writer().accept(record, to);
  }

  /// Made when first needed: a program that only asks for columns does not pay for it.
  private RecordAccess.Code<T> code() {
    RecordAccess.Code<T> made = code;
    if (made == null) {
      synchronized (this) {
        made = code;
        if (made == null) {
          made = RecordAccess.generate(type, schema);
          code = made;
        }
      }
    }
    return made;
  }

  private static Schema inspect(Class<?> type) {
    if (!type.isRecord()) {
      throw new UnsupportedType(JavaTypes.name(type) + " is not a record");
    }
    JavaTypes.refuseCycle(type);
    List<Column> columns = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      try {
        columns.add(column(component));
      } catch (UnsupportedType e) {
        problems.add("component \"" + component.getName() + "\": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new UnsupportedType(
          "record "
              + type.getSimpleName()
              + " cannot be shown as columns: "
              + String.join("; ", problems));
    }
    return new Schema(columns);
  }

  private static Column column(RecordComponent component) {
    Name name = component.getAnnotation(Name.class);
    return new Column(
        name == null ? SnakeCase.of(component.getName()) : name.value(),
        DataType.of(component.getGenericType()),
        !component.getType().isPrimitive(),
        component.getName());
  }

  @Override
  public String toString() {
    return "RecordType[" + type.getSimpleName() + "]";
  }
}
