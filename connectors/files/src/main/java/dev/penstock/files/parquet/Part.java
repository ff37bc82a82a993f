package dev.penstock.files.parquet;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/// What fills one slot of a [Batch].
sealed interface Part permits FlatPart, NestedPart {
  /// Goes to the first row of a row group, whose columns are given in the order of the schema's
  /// leaves.
  void start(List<ColumnChunkMetaData> chunks) throws IOException;

  /// Fills the slot with the next `count` rows.
  void read(int count) throws IOException;

  /// Passes over rows.
  void skip(long count) throws IOException;

  /// The column's name, for messages.
  String name();
}
