package dev.penstock.testkit;

import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.testkit.TestRecords.Item;
import java.util.List;
import org.junit.jupiter.api.Nested;

class MemorySinksTest {

  @Nested
  class Table extends TransactionalSinkContract<Item> {
    private final MemoryTable<Item> table = new MemoryTable<>("items");

    @Override
    protected TransactionalSink<Item> sink() {
      return table;
    }

    @Override
    protected Item record(int i) {
      return Item.of(i);
    }

    @Override
    protected List<Item> visible() {
      return table.content();
    }
  }

  @Nested
  class Files extends StagedSinkContract<Item, MemoryFiles.Upload> {
    private final MemoryFiles<Item> files = new MemoryFiles<>("items");

    @Override
    protected StagedSink<Item, MemoryFiles.Upload> sink() {
      return files;
    }

    @Override
    protected Item record(int i) {
      return Item.of(i);
    }

    @Override
    protected List<Item> visible() {
      return files.content();
    }
  }
}
