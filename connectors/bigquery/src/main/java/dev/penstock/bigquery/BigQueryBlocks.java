package dev.penstock.bigquery;

import dev.penstock.data.block.BlockType;
import dev.penstock.data.block.BlockTypes;
import java.util.List;

/// The block types of this module.
public final class BigQueryBlocks implements BlockTypes {

  @Override
  public List<BlockType<?>> blockTypes() {
    return List.of(
        new BlockType<>(
            "bigquery-connection",
            "BigQuery: a project, the location of its data, and the key of a service account.",
            BigQueryConnection.class));
  }
}
