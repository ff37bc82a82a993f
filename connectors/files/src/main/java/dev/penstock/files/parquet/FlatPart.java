package dev.penstock.files.parquet;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/// A column that is not nested.
///
/// @param leaf which of the file's columns it is
/// @param ifNull why no record can be made of a row whose value is null; null when one can
record FlatPart(
    String name, int leaf, FlatColumn column, Fill fill, Batch batch, @Nullable Problem ifNull)
    implements Part {

  @Override
  public void start(List<ColumnChunkMetaData> chunks) throws IOException {
    column.start(chunks.get(leaf));
  }

  @Override
  public void read(int count) throws IOException {
    column.read(count);
    fill.rows(count);
    if (column.anyAbsent && ifNull != null) {
      for (int i = 0; i < count; i++) {
        if (column.absent[i]) {
          batch.problem(i, ifNull);
        }
      }
    }
  }

  @Override
  public void skip(long count) throws IOException {
    column.skip(count);
  }
}
