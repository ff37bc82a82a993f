package dev.penstock.flow.store;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a query answers, asked each time. For one thread.
final class Rows<T> {
  private final Query query;
  private final RowMapper<T> mapper;

  Rows(Query query, RowMapper<T> mapper) {
    this.query = query;
    this.mapper = mapper;
  }

  /// All rows. None is NULL.
  List<T> list() {
    List<T> values = new ArrayList<>();
    read(Integer.MAX_VALUE).forEach(value -> values.add(requireNonNull(value)));
    return values;
  }

  void forEach(Consumer<T> each) {
    list().forEach(each);
  }

  /// The only row; there must be one.
  T one() {
    return findOne().orElseThrow(() -> new IllegalStateException("no row for " + query.sql()));
  }

  /// The only row; empty when there is none, or NULL.
  Optional<T> findOne() {
    List<@Nullable T> values = read(2);
    if (values.size() > 1) {
      throw new IllegalStateException("several rows for " + query.sql());
    }
    return values.isEmpty() ? Optional.empty() : Optional.ofNullable(values.getFirst());
  }

  /// The first row; empty when there is none, or NULL.
  Optional<T> findFirst() {
    List<@Nullable T> values = read(1);
    return values.isEmpty() ? Optional.empty() : Optional.ofNullable(values.getFirst());
  }

  private List<@Nullable T> read(int atMost) {
    return query.use(statement -> {
      Bound.set(statement, query.takeValues());
      List<@Nullable T> values = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (values.size() < atMost && rows.next()) {
          values.add(mapper.map(rows));
        }
      }
      return values;
    });
  }
}
