package dev.penstock.files.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.DataSize;
import dev.penstock.data.RecordType;
import dev.penstock.files.parquet.Sample.Everything;
import dev.penstock.files.parquet.WriteSettings.Compression;
import dev.penstock.testkit.Seed;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void everyTypeComesBackUnderEveryCompression(Compression compression) throws Exception {
    Path file = directory.resolve("all.parquet");
    List<Everything> records = Sample.everything(new SplittableRandom(7), 5_000);

    WriteSettings settings = new WriteSettings(compression, DataSize.kibibytes(64));
    Peer.write(file, Everything.class, records, settings, RowWriter.properties().build());

    assertThat(Peer.read(file, Everything.class)).isEqualTo(records);
  }

  @Test
  void generatedRecordsComeBackWhateverTheEncodingAndThePageSize() throws Exception {
    SplittableRandom random = new SplittableRandom(Seed.of("generated Parquet files"));
    for (int i = 0; i < 12; i++) {
      List<Everything> records = Sample.everything(random, 1 + random.nextInt(4_000));
      ParquetProperties how =
          RowWriter.properties()
              .withWriterVersion(WriterVersion.values()[random.nextInt(2)])
              .withDictionaryEncoding(random.nextBoolean())
              .withByteStreamSplitEncoding(random.nextBoolean())
              .withPageSize(1 << (7 + random.nextInt(12)))
              .withDictionaryPageSize(1 << (7 + random.nextInt(12)))
              .withPageRowCountLimit(1 + random.nextInt(5_000))
              .build();
      WriteSettings settings =
          new WriteSettings(
              Compression.values()[random.nextInt(4)],
              DataSize.kibibytes(64L << random.nextInt(6)));
      Path file = directory.resolve(i + ".parquet");

      Peer.write(file, Everything.class, records, settings, how);

      assertThat(Peer.read(file, Everything.class)).as("file %s", i).isEqualTo(records);
      int from = random.nextInt(records.size() + 1);
      assertThat(Peer.read(file, Everything.class, null, from))
          .as("file %s from row %s", i, from)
          .isEqualTo(records.subList(from, records.size()));
    }
  }

  record Price(String name, BigDecimal price) {}

  @Test
  void aRecordThatCannotBeWrittenLeavesNothingBehind() throws Exception {
    Path file = directory.resolve("prices.parquet");
    Price good = new Price("good", new BigDecimal("1.500000000000000000"));
    try (OutputStream out = Files.newOutputStream(file);
        RowWriter<Price> writer =
            RowWriter.create(out, RecordType.of(Price.class), WriteSettings.DEFAULT)) {
      writer.write(good);
      Price bad = new Price("bad", new BigDecimal("1e-19"));
      assertThatThrownBy(() -> writer.write(bad))
          .hasMessage(
              "column \"price\" (component price): 0.0000000000000000001 does not fit decimal(38, 18)");
      writer.write(good);
      writer.finish(Map.of());
    }

    assertThat(Peer.read(file, Price.class)).containsExactly(good, good);
  }

  record Tagged(List<String> tags, BigDecimal price) {}

  @Test
  void aRecordThatFailsAfterItsListLeavesNothingBehind() throws Exception {
    Path file = directory.resolve("tagged.parquet");
    Tagged good = new Tagged(List.of("a", "b"), null);
    try (OutputStream out = Files.newOutputStream(file);
        RowWriter<Tagged> writer =
            RowWriter.create(out, RecordType.of(Tagged.class), WriteSettings.DEFAULT)) {
      writer.write(good);
      Tagged bad = new Tagged(List.of("x", "y"), new BigDecimal("1e30"));
      assertThatThrownBy(() -> writer.write(bad)).isInstanceOf(IllegalArgumentException.class);
      writer.write(good);
      writer.finish(Map.of());
    }

    assertThat(Peer.read(file, Tagged.class)).containsExactly(good, good);
  }

  @Test
  void aFileWithoutRecordsIsRead() throws Exception {
    Path file = directory.resolve("none.parquet");

    Peer.write(file, Everything.class, List.of());

    assertThat(Peer.read(file, Everything.class)).isEmpty();
    assertThat(Peer.rows(file)).isEmpty();
  }

  @Test
  void aFileThatWasNotFinishedIsRefused() throws Exception {
    Path file = directory.resolve("half.parquet");
    try (OutputStream out = Files.newOutputStream(file);
        RowWriter<Price> writer =
            RowWriter.create(out, RecordType.of(Price.class), WriteSettings.DEFAULT)) {
      for (int i = 0; i < 5_000; i++) {
        writer.write(new Price("p" + i, null));
      }
    }

    assertThat(Files.exists(file)).isTrue();
    assertThatThrownBy(() -> Peer.read(file, Price.class)).isInstanceOf(UnreadableFile.class);
  }

  @Test
  void duckDbReadsWhatWasWritten() throws Exception {
    Path file = directory.resolve("peer.parquet");
    List<Everything> records = Sample.everything(new SplittableRandom(11), 3_000);
    Peer.write(file, Everything.class, records);

    List<List<String>> rows =
        Peer.query(
            """
            select whole, text, decimal, day, local, uuid, color, t."inner".name, len(texts),
              inners[1].numbers[1], prices['k1'], letter, single
            from '%s' t\
            """
                .formatted(file));

    assertThat(rows).hasSize(records.size());
    for (int i = 0; i < rows.size(); i++) {
      Everything e = records.get(i);
      List<String> row = rows.get(i);
      assertThat(row.get(0)).isEqualTo("" + e.whole());
      assertThat(row.get(1)).isEqualTo(e.text());
      assertThat(row.get(2)).isEqualTo(text(e.decimal()));
      assertThat(row.get(3)).isEqualTo(text(e.day()));
      if (e.local() != null) {
        assertThat(java.sql.Timestamp.valueOf(row.get(4)))
            .isEqualTo(java.sql.Timestamp.valueOf(e.local()));
      }
      assertThat(row.get(5)).isEqualTo(text(e.uuid()));
      assertThat(row.get(6)).isEqualTo(text(e.color()));
      assertThat(row.get(7)).isEqualTo(e.inner() == null ? null : e.inner().name());
      assertThat(row.get(8)).isEqualTo(e.texts() == null ? null : "" + e.texts().size());
      assertThat(row.get(9)).isEqualTo(firstNumber(e));
      assertThat(row.get(10)).isEqualTo(e.prices() == null ? null : text(e.prices().get("k1")));
      assertThat(row.get(11)).isEqualTo("" + e.letter());
      assertThat(Float.parseFloat(row.get(12))).isEqualTo(e.single());
    }
  }

  private static String firstNumber(Everything e) {
    boolean has =
        e.inners() != null
            && !e.inners().isEmpty()
            && e.inners().getFirst() != null
            && e.inners().getFirst().numbers() != null
            && !e.inners().getFirst().numbers().isEmpty();
    return has ? "" + e.inners().getFirst().numbers().getFirst() : null;
  }

  private static String text(Object value) {
    return value == null
        ? null
        : value instanceof BigDecimal d ? d.toPlainString() : value.toString();
  }
}
