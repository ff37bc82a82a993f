package dev.penstock.jdbc;

import dev.penstock.jdbc.TestDatabase.Kind;
import dev.penstock.testkit.TestRecords.Item;
import dev.penstock.testkit.TransactionalSinkContract;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/// What every transactional sink must keep, kept by a table of each kind of database.
class JdbcSinkContractTest {

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract extends TransactionalSinkContract<Item> {
    private final Kind kind;
    private TestDatabase database;

    Contract(Kind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void start() throws Exception {
      database = TestDatabase.of(kind);
      database.execute(
          "CREATE TABLE items (id BIGINT NOT NULL, name VARCHAR(100), amount DOUBLE PRECISION NOT NULL, count INTEGER)");
    }

    @BeforeEach
    void empty() throws Exception {
      database.execute("DELETE FROM items");
      if (database.exists(PositionTable.NAME)) {
        database.execute("DELETE FROM " + PositionTable.NAME);
      }
    }

    @Override
    protected JdbcTable<Item> sink() {
      return Jdbc.table(database.connection(), "items", Item.class).append();
    }

    @Override
    protected Item record(int i) {
      return Item.of(i);
    }

    @Override
    protected List<Item> visible() throws Exception {
      return database.query("SELECT id, name, amount, count FROM items").stream()
          .map(row ->
              new Item(
                  Long.parseLong(row.get(0)),
                  row.get(1),
                  Double.parseDouble(row.get(2)),
                  row.get(3) == null ? null : Integer.valueOf(row.get(3))))
          .toList();
    }

    @Override
    protected boolean claimsPassOpenTransactions() {
      return kind != Kind.SQLITE;
    }
  }

  @Nested
  class PostgreSqlTable extends Contract {
    PostgreSqlTable() {
      super(Kind.POSTGRESQL);
    }
  }

  @Nested
  class DuckDbTable extends Contract {
    DuckDbTable() {
      super(Kind.DUCKDB);
    }
  }

  @Nested
  class SqliteTable extends Contract {
    SqliteTable() {
      super(Kind.SQLITE);
    }
  }
}
