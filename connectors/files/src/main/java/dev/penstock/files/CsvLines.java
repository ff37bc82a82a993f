package dev.penstock.files;

import dev.penstock.data.RecordType;
import dev.penstock.data.Row;
import dev.penstock.data.Schema;
import dev.penstock.data.TextFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the lines of one CSV file, with their line ends.
abstract sealed class CsvLines<T> {
  final CsvText text;

  private CsvLines(CsvFormat format) {
    text = new CsvText(format);
  }

  @SuppressWarnings("unchecked") // T is Row in the first case
  static <T> CsvLines<T> of(Class<T> type, CsvFormat format) {
    return type == Row.class
        ? (CsvLines<T>) new OfRows(format)
        : new OfRecords<>(RecordType.of(type), format);
  }

  /// The header, or nothing if the file has none.
  abstract String header();

  abstract String line(T record);

  private static final class OfRecords<T> extends CsvLines<T> {
    private final RecordType<T> type;
    private final CsvSink sink;

    OfRecords(RecordType<T> type, CsvFormat format) {
      super(format);
      this.type = type;
      this.sink = new CsvSink(type.schema(), text);
    }

    @Override
    String header() {
      return text.header(type.schema().names());
    }

    @Override
    String line(T record) {
      text.begin();
      type.write(record, sink);
      return text.end();
    }
  }

  /// The first row says which columns the file has.
  private static final class OfRows extends CsvLines<Row> {
    private @Nullable Schema schema;

    OfRows(CsvFormat format) {
      super(format);
    }

    @Override
    String header() {
      return schema == null ? "" : text.header(schema.names());
    }

    @Override
    String line(Row row) {
      if (schema == null) {
        schema = row.schema();
      }
      List<String> names = schema.names();
      if (row.schema() != schema && !row.schema().names().equals(names)) {
        throw new IllegalArgumentException(
            "the file has the columns %s, this row has %s".formatted(names, row.schema().names()));
      }
      text.begin();
      for (int i = 0; i < names.size(); i++) {
        Object value = row.get(i);
        if (value == null) {
          text.addNull();
        } else {
          text.add(TextFormat.format(value, row.schema().column(i).type()));
        }
      }
      return text.end();
    }
  }
}
