package dev.penstock.bigquery;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.JsonCodec;
import dev.penstock.data.JsonValue;
import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of a query, read page by page as they come; made by [BigQuery#query]. It has no
/// positions.
///
/// @param <T> the type of the records
public final class BigQuerySource<T> implements Source<T> {
  private static final long serialVersionUID = 1L;
  private static final Split ALL = new Split("query");
  private static final int SHOWN = 60;

  private final ConnectionName connection;
  private final String sql;
  private final Class<T> record;

  BigQuerySource(ConnectionName connection, String sql, Class<T> record) {
    JsonCodec.of(record); // says now what it cannot hold
    this.connection = connection;
    this.sql = sql;
    this.record = record;
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.BOUNDED);
  }

  @Override
  public List<Split> discover() {
    return List.of(ALL);
  }

  @Override
  public Reader<T> open(Assignments events) {
    return new Rows<>(new Query(Rest.of(connection), sql), JsonCodec.of(record));
  }

  @Override
  public String describe() {
    String line = sql.replaceAll("\\s+", " ").strip();
    return "BigQuery.query(%s, %s)"
        .formatted(connection, line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line);
  }

  @Override
  public String toString() {
    return describe();
  }

  private static final class Rows<T> implements Reader<T> {
    private final Query query;
    private final JsonCodec<T> codec;
    private boolean open;

    Rows(Query query, JsonCodec<T> codec) {
      this.query = query;
      this.codec = codec;
    }

    @Override
    public void assign(Map<Split, Optional<Position>> from) {
      from.forEach((_, position) -> {
        if (position.isPresent()) {
          throw new IllegalArgumentException("a query has no positions to go on from");
        }
      });
      open = !from.isEmpty();
    }

    @Override
    public @Nullable Chunk<T> poll(Duration upTo) throws IOException, InterruptedException {
      Optional<JsonValue> answer = open ? query.next() : Optional.empty();
      if (answer.isEmpty()) {
        open = false;
        return null;
      }
      return new Rowset<>(
          answer.get().at("/schema/fields").map(JsonValue::elements).orElse(List.of()),
          answer.get().at("/rows").map(JsonValue::elements).orElse(List.of()),
          codec);
    }

    @Override
    public void release(Set<Split> splits) {
      open = !splits.contains(ALL) && open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  private record Rowset<T>(List<JsonValue> fields, List<JsonValue> rows, JsonCodec<T> codec)
      implements Chunk<T> {
    @Override
    public Split split() {
      return ALL;
    }

    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public T get(int i) {
      byte[] json = RowJson.object(fields, rows.get(i)).getBytes(StandardCharsets.UTF_8);
      return codec.read(json, 0, json.length);
    }

    /// For people alone: nothing can be read from there.
    @Override
    public Position after(int i) {
      return Position.of("row " + i + " of a page");
    }

    @Override
    public boolean last() {
      return false;
    }
  }
}
