package dev.penstock.flow;

import dev.penstock.data.BadText;
import dev.penstock.data.ConnectionName;
import dev.penstock.data.DataSize;
import dev.penstock.data.DataType;
import dev.penstock.data.ParameterParser;
import dev.penstock.data.TextFormat;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value that is one text: a number, a date, a path.
record SingleType(Type type, Limits allowed) implements ParameterType {
  SingleType {
    if (!ParameterParser.supports(type)) {
      throw new IllegalArgumentException("no text can be made a " + shortName(type));
    }
  }

  private static String shortName(Type type) {
    return type.getTypeName().replaceAll("[\\w.]*[.$](\\w+)", "$1");
  }

  /// Whether a record is given as one text.
  static boolean isText(Class<?> record) {
    return record == ConnectionName.class || record == DataSize.class;
  }

  @Override
  public @Nullable Object ofText(String text, Place at) {
    try {
      Object value = ParameterParser.parse(text, type);
      allowed.refusal(value).ifPresent(refusal -> at.problem(": " + refusal));
      return value;
    } catch (IllegalArgumentException e) {
      at.problem(": " + e.getMessage());
      return null;
    }
  }

  @Override
  public @Nullable Object ofJson(Object json, Place at) {
    return switch (json) {
      case Map<?, ?> _ -> wrong("an object", at);
      case Collection<?> _ -> wrong("a list", at);
      case BigDecimal number -> ofText(number.toPlainString(), at);
      default -> ofText(json.toString(), at);
    };
  }

  private @Nullable Object wrong(String what, Place at) {
    at.problem(": " + what + " is given, not one value (" + name() + ")");
    return null;
  }

  @Override
  public Object toJson(Object value) {
    return switch (value) {
      case Boolean flag -> flag;
      case Double number when !Double.isFinite(number) -> number.toString();
      case Float number when !Float.isFinite(number) -> number.toString();
      case Number number -> number;
      case ConnectionName connection -> withoutSecret(connection);
      case DataSize size -> size.toString();
      case byte[] bytes -> TextFormat.format(bytes, DataType.Scalar.BINARY);
      case Enum<?> constant -> constant.name();
      default -> value.toString();
    };
  }

  private static String withoutSecret(ConnectionName connection) {
    if (!connection.toString().equals(connection.value())) {
      throw new IllegalArgumentException(
          "connection "
              + BadText.quoted(connection.toString())
              + " holds a secret, which must not be recorded; give the connection a name, and pass"
              + " that");
    }
    return connection.value();
  }

  @Override
  public Map<String, Object> schema(SchemaDefinitions definitions) {
    Map<String, Object> schema = SingleSchema.of((Class<?>) type);
    allowed.into(schema, this);
    return schema;
  }
}
