package dev.penstock.files;

import dev.penstock.data.Column;
import dev.penstock.data.ColumnMatch;
import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.RecordType;
import dev.penstock.data.Row;
import dev.penstock.data.Schema;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How the columns of one CSV file make records.
///
/// @param columns how many the file has
/// @param named where the number of columns was told: `the header has`
/// @param schema the columns of the records
/// @param source for each column of the records, which one of the file it is
/// @param maker makes a record of its fields
record CsvShape<T>(
    int columns, String named, Schema schema, int[] source, Function<CsvFields, T> maker) {

  /// Matches a record class with the names of a file's columns; a [Row] takes them as they are.
  ///
  /// @throws BadFile when columns are missing, all of them in one message
  @SuppressWarnings("unchecked") // T is Row in the first case
  static <T> CsvShape<T> of(Class<T> type, List<String> names, DataFile file, CsvFormat format)
      throws BadFile {
    String named = format.columns().isEmpty() ? "the header has" : "the columns given are";
    if (type == Row.class) {
      Schema schema = texts(names, file);
      int[] all = IntStream.range(0, names.size()).toArray();
      Function<CsvFields, T> rows = fields -> (T) row(schema, fields);
      return new CsvShape<>(names.size(), named, schema, all, rows);
    }
    RecordType<T> record = RecordType.of(type);
    ColumnMatch match = ColumnMatch.of(record.schema(), names);
    if (!match.problems().isEmpty()) {
      throw new BadFile(
          "%s does not fit record %s: %s; the file has the columns %s"
              .formatted(
                  file.shown(),
                  type.getSimpleName(),
                  String.join("; ", match.problems()),
                  String.join(", ", names)));
    }
    return new CsvShape<>(names.size(), named, record.schema(), match.indexes(), record::read);
  }

  private static Schema texts(List<String> names, DataFile file) throws BadFile {
    try {
      return new Schema(names.stream().map(name -> Column.of(name, Scalar.STRING)).toList());
    } catch (IllegalArgumentException e) {
      throw new BadFile(file.shown() + " cannot be read as rows: " + e.getMessage(), e);
    }
  }

  private static Row row(Schema schema, CsvFields fields) {
    @Nullable Object[] values = new Object[schema.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.getObject(i);
    }
    return Row.of(schema, values);
  }

  T read(CsvFields fields) {
    return maker.apply(fields);
  }

  String wrongSize(int fields) {
    return "it has %d %s, %s %d"
        .formatted(fields, fields == 1 ? "field" : "fields", named, columns);
  }
}
