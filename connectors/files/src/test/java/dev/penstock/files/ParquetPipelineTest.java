package dev.penstock.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.DataSize;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.testkit.TestRecords.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetPipelineTest {
  @TempDir Path directory;

  @Test
  void aPipelineReadsFiltersAndWritesFilesOfBoundedSize() throws Exception {
    Path in = directory.resolve("in.parquet");
    Path out = Files.createDirectory(directory.resolve("out"));
    Pipeline.of(Item.list(5_000).toArray(Item[]::new)).to(Parquet.write(in, Item.class)).run();

    Pipeline.from(Parquet.read(in, Item.class).where(Parquet.column("count").isNotNull()))
        .to(Parquet.format().snappy().files(Item.class, out).roll(1_000))
        .run();

    List<Item> wanted = Item.list(5_000).stream().filter(i -> i.count() != null).toList();
    assertThat(Pipeline.from(Parquet.read(out + "/*.parquet", Item.class)).toList())
        .containsExactlyInAnyOrderElementsOf(wanted);
    try (var files = Files.list(out)) {
      assertThat(files.filter(f -> f.toString().endsWith(".parquet"))).hasSize(5);
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void sourceAndSinkCanBeSentToAnotherProcess() throws Exception {
    Path file = directory.resolve("items.parquet");
    Sink<Item> sink =
        Parquet.format().gzip().rowGroup(DataSize.mebibytes(1)).write(file, Item.class);
    Source<Item> source =
        Parquet.read(file, Item.class).where(Parquet.column("id").lessThan(10).not());

    Pipeline.of(Item.list(100).toArray(Item[]::new)).to((Sink<Item>) copy(sink)).run();

    assertThat(Pipeline.from((Source<Item>) copy(source)).toList())
        .isEqualTo(Item.list(100).subList(10, 100));
    assertThat(((Source<Item>) copy(source)).describe()).endsWith(".where(id >= 10 or null)");
  }

  private static Object copy(Object value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
