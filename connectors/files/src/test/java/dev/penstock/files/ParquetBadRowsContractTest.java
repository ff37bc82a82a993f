package dev.penstock.files;

import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.testkit.SourceContract;
import dev.penstock.testkit.TestRecords.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/// A primitive component cannot hold the nulls that every seventh item has.
class ParquetBadRowsContractTest extends SourceContract<ParquetBadRowsContractTest.Counted> {
  private static final int ROWS = 3_000;

  @TempDir Path directory;

  record Counted(long id, int count) {}

  @Override
  protected Source<Counted> source() throws Exception {
    return read("good.parquet", Item.list(ROWS).stream().filter(i -> i.count() != null).toList());
  }

  private Source<Counted> read(String name, List<Item> items) throws Exception {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      Writing.write(Parquet.write(file, Item.class), items);
    }
    return Parquet.read(file, Counted.class);
  }

  @Override
  protected List<Counted> expected() {
    return Item.list(ROWS).stream()
        .filter(item -> item.count() != null)
        .map(item -> new Counted(item.id(), item.count()))
        .toList();
  }

  @Override
  protected Set<Trait> capabilities() {
    return Set.of(Trait.SEEKABLE, Trait.SPLITTABLE, Trait.BOUNDED);
  }

  @Override
  protected Optional<BadRecords<Counted>> badRecords() throws Exception {
    Source<Counted> source = read("bad.parquet", Item.list(ROWS));
    return Optional.of(new BadRecords<>(source, expected(), ROWS - expected().size()));
  }
}
