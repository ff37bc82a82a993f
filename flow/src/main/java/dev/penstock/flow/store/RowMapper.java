package dev.penstock.flow.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Makes a value of a row.
@FunctionalInterface
interface RowMapper<T> {
  @Nullable T map(ResultSet row) throws SQLException;
}
