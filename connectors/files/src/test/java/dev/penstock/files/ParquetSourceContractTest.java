package dev.penstock.files;

import dev.penstock.data.DataSize;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.testkit.SourceContract;
import dev.penstock.testkit.TestRecords.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;

class ParquetSourceContractTest extends SourceContract<Item> {
  private static final int FIRST = 5_000;
  private static final int ALL = 7_500;

  @TempDir Path directory;

  @Override
  protected Source<Item> source() throws Exception {
    if (!Files.exists(directory.resolve("b.parquet"))) {
      write("a.parquet", Item.list(FIRST));
      write("b.parquet", LongStream.range(FIRST, ALL).mapToObj(Item::of).toList());
    }
    return Parquet.read(directory + "/*.parquet", Item.class);
  }

  private void write(String name, List<Item> items) throws Exception {
    Writing.write(
        Parquet.format()
            .rowGroup(DataSize.kibibytes(64))
            .write(directory.resolve(name), Item.class),
        items);
  }

  @Override
  protected List<Item> expected() {
    return Item.list(ALL);
  }

  @Override
  protected Set<Trait> capabilities() {
    return Set.of(Trait.SEEKABLE, Trait.SPLITTABLE, Trait.BOUNDED);
  }
}
