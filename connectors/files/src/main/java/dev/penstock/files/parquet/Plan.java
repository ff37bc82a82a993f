package dev.penstock.files.parquet;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnMatch;
import dev.penstock.data.DataType;
import dev.penstock.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/// Finds for each wanted column the file's, and how to read it; collects everything that does not
/// fit.
final class Plan {
  private final ParquetFile file;
  private final MessageType schema;
  private final Batch batch;
  private final int[] ids;
  private final List<Part> parts = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Plan(ParquetFile file, Batch batch, int[] ids) {
    this.file = file;
    this.schema = file.schema();
    this.batch = batch;
    this.ids = ids;
  }

  /// The parts that fill a batch with the wanted columns.
  ///
  /// @param reader what wants them, for messages: `record Trip`
  /// @param ids scratch that all columns share; its length is that of a batch
  /// @throws ColumnMismatch listing every column that is missing or does not fit
  static List<Part> of(
      ParquetFile file, Schema wanted, String reader, Batch batch, int firstSlot, int[] ids)
      throws ColumnMismatch {
    Plan plan = new Plan(file, batch, ids);
    List<String> names = plan.schema.getFields().stream().map(Type::getName).toList();
    ColumnMatch match = ColumnMatch.of(wanted, names);
    plan.problems.addAll(match.problems());
    for (int i = 0; i < wanted.size(); i++) {
      if (match.index(i) >= 0) {
        plan.add(plan.schema.getType(match.index(i)), wanted.column(i), firstSlot + i);
      }
    }
    if (!plan.problems.isEmpty()) {
      throw plan.mismatch(reader);
    }
    return plan.parts;
  }

  private ColumnMismatch mismatch(String reader) {
    String columns =
        schema.getFields().stream()
            .map(type -> type.getName() + " (" + FileTypes.describe(type) + ")")
            .collect(Collectors.joining(", "));
    String list = problems.stream().map(p -> "\n  " + p).collect(Collectors.joining());
    return new ColumnMismatch(
        file.name() + " does not fit " + reader + ":" + list + "\nthe file has " + columns,
        problems);
  }

  private void add(Type type, Column column, int slot) {
    if (type.isPrimitive() && !type.isRepetition(Repetition.REPEATED)) {
      flat(type, column, slot);
      return;
    }
    Node.Leaves leaves = new Node.Leaves(file);
    Nodes nodes = new Nodes(schema, leaves);
    Node node = nodes.of(type, column.type(), column.component(), new String[] {type.getName()});
    problems.addAll(nodes.problems());
    if (node != null) {
      @Nullable Object[] values = new Object[ids.length];
      batch.bind(slot, values);
      parts.add(new NestedPart(type.getName(), node, leaves, values, batch));
    }
  }

  private void flat(Type type, Column column, int slot) {
    ColumnDescriptor descriptor = schema.getColumnDescription(new String[] {type.getName()});
    FlatColumn decoder = FlatColumn.of(descriptor, file, ids);
    Fill fill = Fill.of(decoder, column.type(), batch, slot);
    if (fill == null) {
      problems.add(unfit(type, type.getName(), column.component(), column.type()));
      return;
    }
    Problem ifNull = column.nullable() ? null : nullProblem(type.getName(), column);
    parts.add(new FlatPart(type.getName(), leaf(schema, descriptor), decoder, fill, batch, ifNull));
  }

  static int leaf(MessageType schema, ColumnDescriptor descriptor) {
    List<String[]> paths = schema.getPaths();
    for (int i = 0; i < paths.size(); i++) {
      if (Arrays.equals(paths.get(i), descriptor.getPath())) {
        return i;
      }
    }
    throw new IllegalStateException("no column " + descriptor);
  }

  static String unfit(Type type, String name, String component, DataType wanted) {
    return "column \"%s\" is %s, component %s wants %s"
        .formatted(name, FileTypes.describe(type), component, wanted.describe());
  }

  /// What is wrong with a null in a component that cannot hold it.
  static Problem nullProblem(String path, Column column) {
    String box = column.type().javaType().getSimpleName();
    return new Problem(
        path,
        "null, and component %s is a primitive %s; make it %s"
            .formatted(column.component(), column.type().describe(), box));
  }
}
