package dev.penstock.jdbc;

import dev.penstock.jdbc.TestDatabase.Kind;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.connector.TxWriter;
import dev.penstock.testkit.SourceContract;
import dev.penstock.testkit.TestRecords.Item;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/// What every source must keep, kept by tables and queries of each kind of database.
class JdbcSourceContractTest {
  private static final int ITEMS = 2_500;

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract extends SourceContract<Item> {
    private final Kind kind;
    private final Set<Trait> capabilities;
    TestDatabase database;

    Contract(Kind kind, Trait... more) {
      this.kind = kind;
      this.capabilities = EnumSet.of(Trait.BOUNDED, more);
    }

    @BeforeAll
    void fill() throws Exception {
      database = TestDatabase.of(kind);
      JdbcTable<Item> table = Jdbc.table(database.connection(), "items", Item.class).create();
      try (TxWriter<Item> writer = table.open(null)) {
        for (Item item : Item.list(ITEMS)) {
          writer.write(item);
        }
        writer.commit(Cut.END);
      }
    }

    JdbcSource<Item> table() {
      return Jdbc.read(database.connection(), "items", Item.class);
    }

    @Override
    protected abstract Source<Item> source();

    @Override
    protected List<Item> expected() {
      return Item.list(ITEMS);
    }

    @Override
    protected Set<Trait> capabilities() {
      return capabilities;
    }
  }

  @Nested
  class PostgreSqlByKey extends Contract {
    PostgreSqlByKey() {
      super(Kind.POSTGRESQL, Trait.SEEKABLE);
    }

    @Override
    protected Source<Item> source() {
      return table().orderedBy("id");
    }
  }

  @Nested
  class DuckDbByKey extends Contract {
    DuckDbByKey() {
      super(Kind.DUCKDB, Trait.SEEKABLE);
    }

    @Override
    protected Source<Item> source() {
      return table().orderedBy("id");
    }
  }

  @Nested
  class PostgreSqlInRanges extends Contract {
    PostgreSqlInRanges() {
      super(Kind.POSTGRESQL, Trait.SPLITTABLE, Trait.INTERLEAVED);
    }

    @Override
    protected Source<Item> source() {
      return table().splitBy("id", 4);
    }
  }

  @Nested
  class PostgreSqlInRangesByKey extends Contract {
    PostgreSqlInRangesByKey() {
      super(Kind.POSTGRESQL, Trait.SEEKABLE, Trait.SPLITTABLE, Trait.INTERLEAVED);
    }

    @Override
    protected Source<Item> source() {
      return table().splitBy("id", 5).orderedBy("id").connections(3);
    }
  }

  @Nested
  class PostgreSqlInRangesOneByOne extends Contract {
    PostgreSqlInRangesOneByOne() {
      super(Kind.POSTGRESQL, Trait.SEEKABLE, Trait.SPLITTABLE);
    }

    @Override
    protected Source<Item> source() {
      return table().orderedBy("id").splitBy("id", 5).connections(1);
    }
  }

  @Nested
  class DuckDbQueryInRanges extends Contract {
    DuckDbQueryInRanges() {
      super(Kind.DUCKDB, Trait.SPLITTABLE, Trait.INTERLEAVED);
    }

    @Override
    protected Source<Item> source() {
      return Jdbc.query(database.connection(), "SELECT * FROM items WHERE id >= ?", Item.class, -1)
          .splitBy("id", 3);
    }
  }

  @Nested
  class SqliteInRangesByKey extends Contract {
    SqliteInRangesByKey() {
      super(Kind.SQLITE, Trait.SEEKABLE, Trait.SPLITTABLE, Trait.INTERLEAVED);
    }

    @Override
    protected Source<Item> source() {
      return table().splitBy("id", 4).orderedBy("id");
    }
  }

  @Nested
  class DuckDbQuery extends Contract {
    DuckDbQuery() {
      super(Kind.DUCKDB);
    }

    @Override
    protected Source<Item> source() {
      return Jdbc.query(
          database.connection(), "SELECT * FROM items WHERE id >= ? ORDER BY id;", Item.class, 0);
    }
  }

  @Nested
  class SqliteByKey extends Contract {
    SqliteByKey() {
      super(Kind.SQLITE, Trait.SEEKABLE);
    }

    @Override
    protected Source<Item> source() {
      return table().orderedBy("id");
    }
  }
}
