package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The table `penstock_position`, in which each pipeline keeps where its splits have come to. A
/// row's epoch is raised by every claim; only the writer that knows the newest one can move the
/// position.
final class PositionTable {
  static final String NAME = "penstock_position";

  private static final String CLAIM =
      """
      UPDATE "penstock_position" SET "epoch" = "epoch" + 1 WHERE "pipeline" = ? AND "split" = ?
      RETURNING "epoch", "number", "position", "states"
      """;
  private static final String EPOCH =
      "SELECT \"epoch\" FROM \"penstock_position\" WHERE \"pipeline\" = ? AND \"split\" = ?";
  private static final String SPLITS =
      """
      SELECT "split" FROM "penstock_position" WHERE "pipeline" = ? AND "position" IS NOT NULL
      """;
  private static final String INSERT =
      """
      INSERT INTO "penstock_position" ("pipeline", "split", "epoch", "number") VALUES (?, ?, 0, 0)
      ON CONFLICT DO NOTHING
      """;
  private static final String INSERT_WITHOUT_KEY =
      """
      INSERT INTO "penstock_position" ("pipeline", "split", "epoch", "number") VALUES (?, ?, 0, 0)
      """;

  /// The epoch is written as well, though it stays the same, so that DuckDB, which looks at
  /// columns, finds that a claim was made in the meantime.
  private static final String MOVE =
      """
      UPDATE "penstock_position"
      SET "position" = ?, "states" = ?, "number" = "number" + 1, "epoch" = "epoch"
      WHERE "pipeline" = ? AND "split" = ? AND "epoch" = ? AND "position" IS NOT DISTINCT FROM ?
      """;

  /// Which pipeline replaces a table is a row under a name that no split has.
  private static final String REPLACES_NOW =
      """
      UPDATE "penstock_position" SET "position" = ?, "number" = "number" + 1
      WHERE "pipeline" = ? AND "split" = ''
      """;

  private static final String REPLACES_FIRST =
      """
      INSERT INTO "penstock_position" ("position", "pipeline", "split", "epoch", "number")
      VALUES (?, ?, '', 0, 0)
      """;
  private static final String REPLACES_STILL =
      """
      UPDATE "penstock_position" SET "number" = "number" + 1
      WHERE "position" = ? AND "pipeline" = ? AND "split" = ''
      """;

  private final Session session;

  PositionTable(Session session) {
    this.session = session;
  }

  /// Makes the table if there is none.
  void create() throws SQLException {
    String text = session.dialect().sqlText();
    session.execute(
        ("CREATE TABLE IF NOT EXISTS \"penstock_position\" (\"pipeline\" %1$s NOT NULL,"
                + " \"split\" %1$s NOT NULL, \"epoch\" BIGINT NOT NULL, \"number\" BIGINT NOT NULL,"
                + " \"position\" %2$s, \"states\" %2$s%3$s)")
            .formatted(
                text,
                session.dialect().binary(),
                session.dialect().keyedLog() ? ", PRIMARY KEY (\"pipeline\", \"split\")" : ""));
  }

  /// A row after its epoch was raised.
  record Claimed(long epoch, Entry entry) {}

  /// Raises the epoch of a split.
  Claimed claim(String pipeline, Split split) throws SQLException {
    while (true) {
      Optional<Claimed> claimed = raise(pipeline, split);
      if (claimed.isPresent()) {
        return claimed.get();
      }
      String sql = session.dialect().keyedLog() ? INSERT : INSERT_WITHOUT_KEY;
      try (PreparedStatement insert = session.connection().prepareStatement(sql)) {
        insert.setString(1, pipeline);
        insert.setString(2, split.id());
        insert.executeUpdate(); // 0 if somebody else was faster: the next round raises theirs
      }
    }
  }

  private Optional<Claimed> raise(String pipeline, Split split) throws SQLException {
    try (PreparedStatement update = session.connection().prepareStatement(CLAIM)) {
      update.setString(1, pipeline);
      update.setString(2, split.id());
      try (ResultSet row = update.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        byte @Nullable [] position = row.getBytes(3);
        byte @Nullable [] states = row.getBytes(4);
        Claimed claimed =
            new Claimed(
                row.getLong(1),
                new Entry(
                    row.getLong(2),
                    Optional.empty(),
                    Optional.ofNullable(position).map(Position::new),
                    states == null ? Map.of() : States.decode(states),
                    Optional.empty()));
        while (row.next()) {
          // To its end: SQLite carries the statement out only then.
        }
        return Optional.of(claimed);
      }
    }
  }

  /// Moves the positions of a cut, in the order of the splits, so that two writers cannot lock each
  /// other out. These must be the last statements before the COMMIT: a claim then waits for nobody
  /// that is still writing.
  ///
  /// @throws Fenced when a split was claimed by somebody else, or is not where the cut begins
  void move(JdbcClaim claim, Cut cut) throws SQLException, Fenced {
    byte[] states = States.encode(cut.states());
    for (Split split : sorted(cut.to().keySet())) {
      Position from = cut.from().get(split);
      try (PreparedStatement update = session.connection().prepareStatement(MOVE)) {
        update.setBytes(1, token(cut, split));
        update.setBytes(2, states);
        update.setString(3, claim.pipeline());
        update.setString(4, split.id());
        update.setLong(5, claim.epoch(split));
        update.setBytes(6, from == null ? null : from.token());
        int moved = update.executeUpdate();
        if (moved != 1) {
          throw fenced(claim, split);
        }
      } catch (SQLException e) {
        if (session.dialect().conflict(e)) {
          throw fenced(claim, split);
        }
        throw e;
      }
    }
  }

  /// Whether nobody has claimed these splits since.
  ///
  /// @throws Fenced when somebody has
  void confirm(JdbcClaim claim) throws SQLException, Fenced {
    for (Map.Entry<Split, Long> mine : claim.epochs().entrySet()) {
      try (PreparedStatement select = session.connection().prepareStatement(EPOCH)) {
        select.setString(1, claim.pipeline());
        select.setString(2, mine.getKey().id());
        try (ResultSet row = select.executeQuery()) {
          if (!row.next() || row.getLong(1) != mine.getValue()) {
            throw fenced(claim, mine.getKey());
          }
        }
      }
    }
  }

  /// Notes which pipeline loads the table that will take a table's place: whoever did before must
  /// not go on, as the two would load one table.
  void replaces(TableName table, String pipeline) throws SQLException {
    if (replacing(REPLACES_NOW, table, pipeline) == 0) {
      replacing(REPLACES_FIRST, table, pipeline);
    }
  }

  /// Refuses to go on when another pipeline has begun to replace the table since. Within a commit,
  /// so that nobody begins at the same time.
  ///
  /// @throws Fenced when one has
  void confirmReplacing(TableName table, String pipeline) throws SQLException, Fenced {
    try {
      if (replacing(REPLACES_STILL, table, pipeline) == 1) {
        return;
      }
    } catch (SQLException e) {
      if (!session.dialect().conflict(e)) {
        throw e;
      }
    }
    throw new Fenced(
        "another pipeline has begun to replace table %s since \"%s\" did: run this one again from its start"
            .formatted(table, pipeline));
  }

  private int replacing(String sql, TableName table, String pipeline) throws SQLException {
    try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
      statement.setBytes(1, pipeline.getBytes(StandardCharsets.UTF_8));
      statement.setString(2, "replace " + table);
      return statement.executeUpdate();
    }
  }

  /// The splits of a pipeline that have a position.
  Set<Split> splits(String pipeline) throws SQLException {
    Set<Split> splits = new LinkedHashSet<>();
    try (PreparedStatement select = session.connection().prepareStatement(SPLITS)) {
      select.setString(1, pipeline);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          splits.add(new Split(row.getString(1)));
        }
      }
    }
    return splits;
  }

  /// Removes the rows of a pipeline.
  void remove(String pipeline) throws SQLException {
    try (PreparedStatement delete =
        session
            .connection()
            .prepareStatement("DELETE FROM \"penstock_position\" WHERE \"pipeline\" = ?")) {
      delete.setString(1, pipeline);
      delete.executeUpdate();
    }
  }

  private static byte[] token(Cut cut, Split split) {
    Position to = cut.to().get(split);
    if (to == null) {
      throw new IllegalStateException("the cut has no end for " + split);
    }
    return to.token();
  }

  static Fenced fenced(JdbcClaim claim, Split split) {
    return new Fenced(
        "another process has claimed pipeline \"%s\", split %s, since this one did (epoch %d)"
            .formatted(claim.pipeline(), split.id(), claim.epoch(split)));
  }

  static List<Split> sorted(Collection<Split> splits) {
    List<Split> sorted = new ArrayList<>(splits);
    sorted.sort(null);
    return sorted;
  }
}
