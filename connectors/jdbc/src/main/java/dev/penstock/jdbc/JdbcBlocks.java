package dev.penstock.jdbc;

import dev.penstock.data.block.BlockType;
import dev.penstock.data.block.BlockTypes;
import java.util.List;

/// The block types of this module.
public final class JdbcBlocks implements BlockTypes {

  @Override
  public List<BlockType<?>> blockTypes() {
    return List.of(
        new BlockType<>(
            "jdbc-connection",
            "A database that is reached over JDBC: its URL, user and password.",
            JdbcConnection.class));
  }
}
