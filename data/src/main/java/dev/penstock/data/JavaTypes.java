package dev.penstock.data;

import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/// Java types as data types.
final class JavaTypes {
  private static final Map<Class<?>, DataType> SIMPLE = simple();

  private JavaTypes() {}

  private static Map<Class<?>, DataType> simple() {
    Map<Class<?>, DataType> types = new HashMap<>();
    for (Scalar scalar : Scalar.values()) {
      types.put(scalar.javaType(), scalar);
    }
    types.put(boolean.class, Scalar.BOOLEAN);
    types.put(byte.class, Scalar.BYTE);
    types.put(short.class, Scalar.SHORT);
    types.put(int.class, Scalar.INT);
    types.put(long.class, Scalar.LONG);
    types.put(float.class, Scalar.FLOAT);
    types.put(double.class, Scalar.DOUBLE);
    types.put(char.class, Scalar.CHAR);
    types.put(BigDecimal.class, Decimal.ANY);
    return Map.copyOf(types);
  }

  static DataType dataType(Type type) {
    return switch (type) {
      case Class<?> raw -> dataTypeOfClass(raw);
      case ParameterizedType generic -> dataTypeOfGeneric(generic);
      case WildcardType wildcard when wildcard.getLowerBounds().length == 0 ->
          dataType(wildcard.getUpperBounds()[0]);
      case WildcardType wildcard -> throw unsupported(wildcard, "it has no upper bound");
      case TypeVariable<?> variable ->
          throw unsupported(variable, "what it stands for is not known at run time");
      case GenericArrayType array -> throw unsupported(array, "use List");
      default -> throw unsupported(type, "no column can hold it");
    };
  }

  private static DataType dataTypeOfClass(Class<?> raw) {
    DataType simple = SIMPLE.get(raw);
    if (simple != null) {
      return simple;
    }
    if (raw.isEnum()) {
      @SuppressWarnings("unchecked") // isEnum() says so
      Class<? extends Enum<?>> constants = (Class<? extends Enum<?>>) raw;
      return new Enumeration(constants);
    }
    if (raw.isRecord()) {
      return new Nested(RecordType.of(raw));
    }
    throw unsupported(raw, advice(raw));
  }

  private static DataType dataTypeOfGeneric(ParameterizedType generic) {
    Type[] arguments = generic.getActualTypeArguments();
    if (generic.getRawType() == List.class || generic.getRawType() == Collection.class) {
      return new ListOf(dataType(arguments[0]));
    }
    if (generic.getRawType() == Map.class) {
      return new MapOf(mapKey(arguments[0]), dataType(arguments[1]));
    }
    if (generic.getRawType() instanceof Class<?> raw && raw.isRecord()) {
      throw unsupported(generic, "records with type parameters have no fixed columns");
    }
    throw unsupported(generic, "use List, Map or a record");
  }

  private static DataType mapKey(Type type) {
    DataType key = dataType(type);
    return switch (key) {
      case Nested _, ListOf _, MapOf _ -> throw unsupported(type, "it cannot be the key of a map");
      case Scalar scalar when scalar == Scalar.BINARY ->
          throw unsupported(type, "it cannot be the key of a map");
      case Scalar _, Decimal _, Enumeration _ -> key;
    };
  }

  private static String advice(Class<?> raw) {
    if (raw == List.class || raw == Map.class) {
      return "its type arguments are missing";
    }
    if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
      return "use List";
    }
    return switch (raw.getName()) {
      case "java.util.Date",
          "java.sql.Timestamp",
          "java.util.Calendar",
          "java.time.ZonedDateTime",
          "java.time.OffsetDateTime" ->
          "use Instant or LocalDateTime";
      case "java.math.BigInteger" -> "use BigDecimal or long";
      default -> "use a primitive, String, a java.time type, an enum, a record, List or Map";
    };
  }

  private static UnsupportedType unsupported(Type type, String why) {
    return new UnsupportedType(name(type) + " is not supported: " + why);
  }

  static String name(Type type) {
    return type instanceof Class<?> raw && raw.getCanonicalName() != null
        ? raw.getCanonicalName()
        : type.getTypeName();
  }

  /// Refuses records that contain themselves: they have no finite list of columns.
  static void refuseCycle(Class<?> record) {
    refuseCycle(record, new LinkedHashSet<>());
  }

  private static void refuseCycle(Type type, SequencedSet<Class<?>> path) {
    switch (type) {
      case ParameterizedType generic -> {
        for (Type argument : generic.getActualTypeArguments()) {
          refuseCycle(argument, path);
        }
      }
      case WildcardType wildcard -> refuseCycle(wildcard.getUpperBounds()[0], path);
      case Class<?> raw when raw.isRecord() -> {
        if (!path.add(raw)) {
          String names = path.stream().map(Class::getSimpleName).collect(Collectors.joining(" > "));
          throw new UnsupportedType(
              "record " + name(raw) + " contains itself: " + names + " > " + raw.getSimpleName());
        }
        for (RecordComponent component : raw.getRecordComponents()) {
          refuseCycle(component.getGenericType(), path);
        }
        path.remove(raw);
      }
      default -> {}
    }
  }
}
