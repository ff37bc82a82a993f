package dev.penstock.files.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnMatch;
import dev.penstock.data.DataType;
import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.MapOf;
import dev.penstock.data.DataType.Nested;
import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.Json;
import dev.penstock.data.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/// Makes the [Node]s of one nested column.
final class Nodes {
  private final MessageType schema;
  private final Node.Leaves leaves;
  private final List<String> problems = new ArrayList<>();

  Nodes(MessageType schema, Node.Leaves leaves) {
    this.schema = schema;
    this.leaves = leaves;
  }

  List<String> problems() {
    return problems;
  }

  /// The node of a field; null, with a problem noted, when it does not fit.
  @Nullable Node of(Type type, DataType wanted, String component, String[] path) {
    if (type.isRepetition(Repetition.REPEATED)) {
      return repeated(type, wanted, component, path);
    }
    return single(type, wanted, component, path);
  }

  /// A repeated field that is no list by annotation is one by itself, and never null.
  private @Nullable Node repeated(Type type, DataType wanted, String component, String[] path) {
    if (!(wanted instanceof ListOf(DataType element))) {
      return unfit(type, wanted, component, path);
    }
    Node node = single(type, element, component, path);
    int definition = schema.getMaxDefinitionLevel(path);
    return node == null
        ? null
        : new Node.Listing(definition - 1, definition, schema.getMaxRepetitionLevel(path), node);
  }

  private @Nullable Node single(Type type, DataType wanted, String component, String[] path) {
    if (type.isPrimitive()) {
      return leaf(type.asPrimitiveType(), wanted, component, path);
    }
    GroupType group = type.asGroupType();
    return switch (wanted) {
      case ListOf list when FileTypes.isList(group) -> list(group, list, component, path);
      case MapOf map when FileTypes.isMap(group) -> map(group, map, component, path);
      case Nested nested when !FileTypes.isList(group) && !FileTypes.isMap(group) ->
          struct(group, nested.record(), path);
      case Scalar scalar when scalar == Scalar.STRING -> text(group, component, path);
      case ListOf _, MapOf _, Nested _, Scalar _, Decimal _, Enumeration _ ->
          unfit(type, wanted, component, path);
    };
  }

  private @Nullable Node unfit(Type type, DataType wanted, String component, String[] path) {
    problems.add(Plan.unfit(type, String.join(".", path), component, wanted));
    return null;
  }

  private @Nullable Node list(GroupType group, ListOf wanted, String component, String[] path) {
    Type repeated = group.getType(0);
    String[] repeatedPath = child(path, repeated.getName());
    Node element =
        FileTypes.repeatedIsElement(group)
            ? single(repeated, wanted.element(), component, repeatedPath)
            : of(
                FileTypes.element(group),
                wanted.element(),
                component,
                child(repeatedPath, FileTypes.element(group).getName()));
    return element == null
        ? null
        : new Node.Listing(
            schema.getMaxDefinitionLevel(path),
            schema.getMaxDefinitionLevel(repeatedPath),
            schema.getMaxRepetitionLevel(repeatedPath),
            element);
  }

  private @Nullable Node map(GroupType group, MapOf wanted, String component, String[] path) {
    GroupType entry = group.getType(0).asGroupType();
    if (entry.getFieldCount() != 2) {
      return unfit(group, wanted, component, path);
    }
    String[] entryPath = child(path, entry.getName());
    Type keyType = entry.getType(0);
    Type valueType = entry.getType(1);
    Node key = of(keyType, wanted.key(), component, child(entryPath, keyType.getName()));
    Node value = of(valueType, wanted.value(), component, child(entryPath, valueType.getName()));
    return key == null || value == null
        ? null
        : new Node.Mapping(
            schema.getMaxDefinitionLevel(path),
            schema.getMaxDefinitionLevel(entryPath),
            schema.getMaxRepetitionLevel(entryPath),
            key,
            value);
  }

  private @Nullable Node struct(GroupType group, RecordType<?> record, String[] path) {
    String name = String.join(".", path);
    ColumnMatch match =
        ColumnMatch.of(record.schema(), group.getFields().stream().map(Type::getName).toList());
    match.problems().forEach(problem -> problems.add("in \"" + name + "\": " + problem));
    List<Node> fields = new ArrayList<>();
    for (int i = 0; i < record.schema().size(); i++) {
      Column column = record.schema().column(i);
      if (match.index(i) >= 0) {
        Type type = group.getType(match.index(i));
        Node field = of(type, column.type(), column.component(), child(path, type.getName()));
        if (field != null) {
          fields.add(field);
        }
      }
    }
    if (fields.size() < record.schema().size()) {
      return null;
    }
    return new Node.Struct(
        leaves,
        name,
        schema.getMaxDefinitionLevel(path),
        fields,
        values -> record.read(new Values(record.schema(), name, values)));
  }

  /// A group as the text of a JSON object.
  private @Nullable Node text(GroupType group, String component, String[] path) {
    List<Node> fields = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (Type type : group.getFields()) {
      DataType natural = FileTypes.naturalOf(type);
      Node field = of(type, natural, component, child(path, type.getName()));
      if (field == null) {
        return null;
      }
      fields.add(field);
      types.add(natural);
    }
    return new Node.Struct(
        leaves,
        String.join(".", path),
        schema.getMaxDefinitionLevel(path),
        fields,
        values -> json(group, types, values));
  }

  private static Object json(GroupType group, List<DataType> types, @Nullable Object[] values) {
    StringJoiner text = new StringJoiner(",", "{", "}");
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      boolean isJson = types.get(i) == Scalar.STRING && !group.getType(i).isPrimitive();
      text.add(
          Json.write(group.getFieldName(i), Scalar.STRING)
              + ":"
              + (value == null ? "null" : isJson ? value : Json.write(value, types.get(i))));
    }
    return text.toString();
  }

  private @Nullable Node leaf(
      PrimitiveType type, DataType wanted, String component, String[] path) {
    Function<ColumnReader, Object> make = make(type, wanted);
    if (make == null) {
      return unfit(type, wanted, component, path);
    }
    ColumnDescriptor descriptor = schema.getColumnDescription(path);
    return new Node.Leaf(leaves, descriptor, Plan.leaf(schema, descriptor), make);
  }

  private static @Nullable Function<ColumnReader, Object> make(PrimitiveType type, DataType to) {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> to == Scalar.BOOLEAN ? ColumnReader::getBoolean : null;
      case INT32 -> {
        IntFunction<Object> make = Conversions.ofInt(type, to);
        yield make == null ? null : reader -> make.apply(reader.getInteger());
      }
      case INT64 -> {
        LongFunction<Object> make = Conversions.ofLong(type, to);
        yield make == null ? null : reader -> make.apply(reader.getLong());
      }
      case FLOAT -> {
        DoubleFunction<Object> make = Conversions.ofDouble(to, true);
        yield make == null ? null : reader -> make.apply(reader.getFloat());
      }
      case DOUBLE -> {
        DoubleFunction<Object> make = Conversions.ofDouble(to, false);
        yield make == null ? null : reader -> make.apply(reader.getDouble());
      }
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> {
        FromBytes make = Conversions.ofBytes(type, to);
        yield make == null
            ? null
            : reader -> {
              byte[] bytes = reader.getBinary().getBytesUnsafe();
              return make.make(bytes, 0, bytes.length);
            };
      }
    };
  }

  private static String[] child(String[] path, String name) {
    String[] child = Arrays.copyOf(path, path.length + 1);
    child[path.length] = name;
    return child;
  }
}
