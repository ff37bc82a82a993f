package dev.penstock.jdbc;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// Says which splits a source has, and what is to be read of them.
///
/// Ranges without an order are splits that name their bounds: nobody goes on from a position in
/// them. Ranges with an order are numbered, since a later run must find the same splits although
/// the greatest key has grown; their bounds are in the positions, see [Parts].
record Pieces(ConnectionName connection, JdbcSource.Rows rows, Reading reading) {
  private static final String PART = ", part ";

  List<Split> discover() {
    String order = reading.order();
    String split = reading.split();
    String whole = rows.shown().replace('\n', ' ');
    if (split == null) {
      return List.of(new Split(order == null ? whole : whole + " by " + order));
    }
    if (order == null) {
      Parts parts = ask();
      return KeyRange.between(split, parts.min(), parts.max(), parts.count()).stream()
          .map(KeyRange::split)
          .toList();
    }
    return IntStream.rangeClosed(1, reading.ranges())
        .mapToObj(number -> new Split(whole + " by " + order + PART + number))
        .toList();
  }

  /// What to read of splits that are assigned with these positions.
  List<Piece> of(Map<Split, Optional<Position>> from) {
    List<Piece> pieces = new ArrayList<>();
    if (reading.order() != null && reading.split() != null) {
      Parts parts = parts(from);
      from.forEach((split, position) -> {
        int number =
            Integer.parseInt(split.id().substring(split.id().lastIndexOf(PART) + PART.length()));
        String after = position.map(Parts::key).orElse(null);
        pieces.add(new Piece(split, parts.range(number), after, parts.suffix()));
      });
      return pieces;
    }
    from.forEach((split, position) -> {
      if (position.isPresent() && reading.order() == null) {
        throw new IllegalArgumentException(
            "%s cannot be read from a position, only from its start: say orderedBy(column)"
                .formatted(rows.shown()));
      }
      KeyRange range = reading.split() == null ? null : KeyRange.of(split);
      pieces.add(new Piece(split, range, position.map(Position::text).orElse(null), ""));
    });
    return pieces;
  }

  /// The parts that the positions tell of; new ones if there are none yet.
  private Parts parts(Map<Split, Optional<Position>> from) {
    String column = Objects.requireNonNull(reading.split());
    List<Parts> known =
        from.values().stream()
            .flatMap(Optional::stream)
            .map(position -> Parts.of(position, column, reading.ranges()))
            .distinct()
            .toList();
    if (known.size() > 1) {
      throw new IllegalArgumentException(
          "positions of %s tell of different ranges: %s".formatted(rows.shown(), known));
    }
    return known.isEmpty() ? ask() : known.getFirst();
  }

  private Parts ask() {
    String column = Objects.requireNonNull(reading.split());
    String sql =
        "SELECT min(%1$s), max(%1$s) FROM %2$s".formatted(Identifier.quote(column), rows.sql());
    try (Session session = Session.open(connection);
        PreparedStatement statement = session.connection().prepareStatement(sql)) {
      RowQuery.bind(statement, rows.arguments());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        // Null, in a table without rows, reads as 0.
        return new Parts(column, row.getLong(1), row.getLong(2), reading.ranges());
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(
          "finding the range of column \"%s\" of %s failed: %s"
              .formatted(column, rows.shown(), PostgreSql.message(e)),
          e);
    }
  }
}
