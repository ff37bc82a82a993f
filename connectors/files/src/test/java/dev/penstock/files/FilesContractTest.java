package dev.penstock.files;

import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.testkit.SourceContract;
import dev.penstock.testkit.StagedSinkContract;
import dev.penstock.testkit.TestRecords.Item;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// Every text format, plain and compressed, keeps the contracts of sources and sinks.
class FilesContractTest {
  private static final int RECORDS = 2_500;

  abstract static class Reads extends SourceContract<Item> {
    @TempDir Path directory;

    abstract String ending();

    abstract FilesSource<Item> read(String pattern);

    abstract FilesSink<Item> write(Path file);

    abstract String badRecord();

    @BeforeEach
    void twoFiles() throws Exception {
      List<Item> items = Item.list(RECORDS);
      Writing.write(write(directory.resolve("a" + ending())), items.subList(0, 1_500));
      Writing.write(write(directory.resolve("b" + ending())), items.subList(1_500, RECORDS));
    }

    @Override
    protected Source<Item> source() {
      return read(directory + "/[ab]" + ending());
    }

    @Override
    protected List<Item> expected() {
      return Item.list(RECORDS);
    }

    @Override
    protected Set<Trait> capabilities() {
      return EnumSet.of(Trait.SEEKABLE, Trait.SPLITTABLE, Trait.BOUNDED);
    }

    @Override
    protected Optional<BadRecords<Item>> badRecords() throws Exception {
      Path good = directory.resolve("a" + ending());
      Path bad = directory.resolve("c" + ending());
      try (OutputStream out = Compression.of(bad.toString()).compress(Files.newOutputStream(bad))) {
        byte[] content;
        try (var in = Compression.of(good.toString()).decompress(Files.newInputStream(good))) {
          content = in.readAllBytes();
        }
        out.write(content);
        out.write((badRecord() + "\n").getBytes());
        out.write((badRecord() + "\n").getBytes());
      }
      return Optional.of(
          new BadRecords<>(read(bad.toString()), Item.list(RECORDS).subList(0, 1_500), 2));
    }
  }

  abstract static class ReadsCsv extends Reads {
    @Override
    FilesSource<Item> read(String pattern) {
      return Csv.read(pattern, Item.class);
    }

    @Override
    FilesSink<Item> write(Path file) {
      return Csv.write(file, Item.class);
    }

    @Override
    String badRecord() {
      return "1,x,notanumber,2";
    }
  }

  abstract static class ReadsJsonLines extends Reads {
    @Override
    FilesSource<Item> read(String pattern) {
      return JsonLines.read(pattern, Item.class);
    }

    @Override
    FilesSink<Item> write(Path file) {
      return JsonLines.write(file, Item.class);
    }

    @Override
    String badRecord() {
      return "{\"id\": 1, \"amount\": \"x\"}";
    }
  }

  @Nested
  class CsvPlain extends ReadsCsv {
    @Override
    String ending() {
      return ".csv";
    }
  }

  @Nested
  class CsvGzip extends ReadsCsv {
    @Override
    String ending() {
      return ".csv.gz";
    }
  }

  @Nested
  class CsvZstd extends ReadsCsv {
    @Override
    String ending() {
      return ".csv.zst";
    }
  }

  @Nested
  class JsonLinesPlain extends ReadsJsonLines {
    @Override
    String ending() {
      return ".jsonl";
    }
  }

  @Nested
  class JsonLinesZstd extends ReadsJsonLines {
    @Override
    String ending() {
      return ".jsonl.zst";
    }
  }

  abstract static class Writes extends StagedSinkContract<Item, StagedFiles> {
    @TempDir Path directory;

    abstract String ending();

    abstract FilesSource<Item> read(List<Path> files);

    @Override
    protected Item record(int i) {
      return Item.of(i);
    }

    @Override
    protected List<Item> visible() throws Exception {
      List<Path> files;
      try (Stream<Path> entries = Files.list(directory)) {
        files =
            entries
                .filter(entry -> !entry.getFileName().toString().startsWith("."))
                .filter(entry -> entry.toString().endsWith(ending()))
                .sorted()
                .toList();
      }
      return files.isEmpty() ? new ArrayList<>() : Reading.records(read(files));
    }
  }

  @Nested
  class CsvFiles extends Writes {
    @Override
    String ending() {
      return ".csv";
    }

    @Override
    protected StagedSink<Item, StagedFiles> sink() {
      return Csv.files(Item.class, directory).roll(7);
    }

    @Override
    FilesSource<Item> read(List<Path> files) {
      return Csv.read(files, Item.class);
    }
  }

  @Nested
  class JsonLinesFiles extends Writes {
    @Override
    String ending() {
      return ".jsonl";
    }

    @Override
    protected StagedSink<Item, StagedFiles> sink() {
      return JsonLines.files(Item.class, directory);
    }

    @Override
    FilesSource<Item> read(List<Path> files) {
      return JsonLines.read(files, Item.class);
    }
  }
}
