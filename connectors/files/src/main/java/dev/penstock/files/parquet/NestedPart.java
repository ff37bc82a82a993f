package dev.penstock.files.parquet;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/// A column that is a record, a list or a map: made value by value from its leaves.
final class NestedPart implements Part {
  private final String name;
  private final Node node;
  private final Node.Leaves leaves;
  private final @Nullable Object[] values;
  private final Batch batch;

  /// @param values where the values go
  NestedPart(String name, Node node, Node.Leaves leaves, @Nullable Object[] values, Batch batch) {
    this.name = name;
    this.node = node;
    this.leaves = leaves;
    this.values = values;
    this.batch = batch;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start(List<ColumnChunkMetaData> chunks) throws IOException {
    leaves.start(chunks);
  }

  @Override
  public void read(int count) {
    for (int i = 0; i < count; i++) {
      values[i] = node.read();
      Problem failure = leaves.takeFailure();
      if (failure != null) {
        batch.problem(i, failure);
      }
    }
  }

  @Override
  public void skip(long count) {
    for (long i = 0; i < count; i++) {
      node.read();
    }
    leaves.takeFailure();
  }
}
