package dev.penstock.jdbc;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.UnknownConnection;
import dev.penstock.data.position.KeptPosition;
import dev.penstock.data.position.PositionStore;
import dev.penstock.data.position.PositionStores;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The positions that databases keep.
public final class JdbcPositions implements PositionStores {

  @Override
  public Optional<PositionStore> open(String place) {
    ConnectionName connection = new ConnectionName(place);
    try {
      return connection.settings().url().startsWith("jdbc:")
          ? Optional.of(new Kept(Session.open(connection)))
          : Optional.empty();
    } catch (UnknownConnection e) {
      return Optional.empty();
    }
  }

  private record Kept(Session session) implements PositionStore {
    /// Rows under the empty name say which pipeline replaces a table.
    private static final String ALL =
        "SELECT \"pipeline\", \"split\", \"number\", \"position\" FROM \"penstock_position\""
            + " WHERE \"split\" <> '' ORDER BY \"pipeline\", \"split\"";

    @Override
    public List<KeptPosition> positions() throws SQLException {
      List<KeptPosition> kept = new ArrayList<>();
      if (!isThere()) {
        return kept;
      }
      try (Statement select = session.connection().createStatement();
          ResultSet row = select.executeQuery(ALL)) {
        while (row.next()) {
          byte @Nullable [] position = row.getBytes(4);
          kept.add(
              new KeptPosition(
                  row.getString(1),
                  row.getString(2),
                  row.getLong(3),
                  position == null ? null : new String(position, StandardCharsets.UTF_8)));
        }
      }
      return kept;
    }

    private boolean isThere() throws SQLException {
      try (ResultSet tables =
          session.connection().getMetaData().getTables(null, null, PositionTable.NAME, null)) {
        return tables.next();
      }
    }

    @Override
    public void forget(String pipeline) throws SQLException {
      if (isThere()) {
        new PositionTable(session).remove(pipeline);
      }
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
