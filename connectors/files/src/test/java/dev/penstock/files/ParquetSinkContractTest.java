package dev.penstock.files;

import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.testkit.StagedSinkContract;
import dev.penstock.testkit.TestRecords.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class ParquetSinkContractTest extends StagedSinkContract<Item, StagedFiles> {
  @TempDir Path directory;

  @Override
  protected StagedSink<Item, StagedFiles> sink() {
    return Parquet.files(Item.class, directory);
  }

  @Override
  protected Item record(int i) {
    return Item.of(i);
  }

  @Override
  protected List<Item> visible() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      if (files.noneMatch(file -> file.toString().endsWith(".parquet"))) {
        return List.of();
      }
    }
    return Reading.records(Parquet.read(directory + "/*.parquet", Item.class));
  }
}
