package dev.penstock.files.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Row;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files as older or other writers made them.
class LegacyFilesTest {
  @TempDir Path directory;

  private Path write(String schemaText, int rows, BiConsumer<List<ColumnWriter>, Integer> row)
      throws Exception {
    MessageType schema = MessageTypeParser.parseMessageType(schemaText);
    Path path = directory.resolve("legacy.parquet");
    ParquetProperties properties = RowWriter.properties().build();
    try (OutputStream out = Files.newOutputStream(path);
        NewFile file = new NewFile("legacy", out)) {
      ParquetFileWriter writer =
          new ParquetFileWriter(
              file, schema, ParquetFileWriter.Mode.CREATE, 1 << 20, 0, 64, 64, false);
      writer.start();
      var pages =
          new ColumnChunkPageWriteStore(
              new PageCompressor(Codec.SNAPPY), schema, properties.getAllocator(), 64, false);
      var columns = properties.newColumnWriteStore(schema, pages, pages);
      List<ColumnWriter> writers =
          schema.getColumns().stream().map(columns::getColumnWriter).toList();
      for (int i = 0; i < rows; i++) {
        row.accept(writers, i);
        columns.endRecord();
      }
      writer.startBlock(rows);
      columns.flush();
      pages.flushToFileWriter(writer);
      writer.endBlock();
      writer.end(Map.of());
      file.flush();
    }
    return path;
  }

  record AsInstant(Instant at) {}

  record AsLocal(LocalDateTime at) {}

  @Test
  void timestampsOf96BitsAreInstantsOrLocalTimes() throws Exception {
    LocalDateTime start = LocalDateTime.of(1969, 12, 31, 23, 59, 59, 123_456_789);
    Path file =
        write(
            "message m { optional int96 at; }",
            3_000,
            (columns, i) -> {
              if (i % 7 == 0) {
                columns.getFirst().writeNull(0, 0);
              } else {
                columns.getFirst().write(int96(start.plusHours(i)), 0, 1);
              }
            });

    List<AsInstant> instants = Peer.read(file, AsInstant.class);
    List<AsLocal> locals = Peer.read(file, AsLocal.class);

    for (int i = 0; i < 3_000; i++) {
      LocalDateTime wanted = i % 7 == 0 ? null : start.plusHours(i);
      assertThat(locals.get(i).at()).isEqualTo(wanted);
      assertThat(instants.get(i).at())
          .isEqualTo(wanted == null ? null : wanted.toInstant(ZoneOffset.UTC));
    }
  }

  private static Binary int96(LocalDateTime time) {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(time.toLocalTime().toNanoOfDay());
    bytes.putInt((int) (time.toLocalDate().toEpochDay() + 2_440_588));
    return Binary.fromConstantByteArray(bytes.array());
  }

  record Point(int x, int y) {}

  record Lists(List<Integer> plain, List<Integer> twoLevels, List<Point> points) {}

  @Test
  void listsOfOlderWritersAreLists() throws Exception {
    Path file =
        write(
            """
            message m {
              repeated int32 plain;
              optional group two_levels (LIST) { repeated int32 array; }
              optional group points (LIST) { repeated group array { required int32 x; required int32 y; } }
            }\
            """,
            2_500,
            (columns, i) -> {
              repeat(columns.get(0), i % 3, 1, i);
              if (i % 5 == 0) {
                columns.get(1).writeNull(0, 0);
              } else {
                repeat(columns.get(1), i % 4, 2, i, 1);
              }
              repeat(columns.get(2), i % 2, 2, i, 1);
              repeat(columns.get(3), i % 2, 2, i + 1, 1);
            });

    List<Lists> records = Peer.read(file, Lists.class);

    for (int i = 0; i < 2_500; i++) {
      assertThat(records.get(i).plain()).isEqualTo(numbers(i % 3, i));
      assertThat(records.get(i).twoLevels()).isEqualTo(i % 5 == 0 ? null : numbers(i % 4, i));
      assertThat(records.get(i).points())
          .isEqualTo(i % 2 == 0 ? List.of() : List.of(new Point(i, i + 1)));
    }
    Row row = Peer.rows(file).get(11);
    assertThat(row.get("plain")).isEqualTo(numbers(2, 11));
    assertThat(row.get("points")).isEqualTo(List.of("{\"x\":11,\"y\":12}"));
  }

  private static void repeat(ColumnWriter to, int count, int definition, int value) {
    repeat(to, count, definition, value, 0);
  }

  private static void repeat(ColumnWriter to, int count, int definition, int value, int empty) {
    if (count == 0) {
      to.writeNull(0, empty);
    }
    for (int i = 0; i < count; i++) {
      to.write(value, i == 0 ? 0 : 1, definition);
    }
  }

  private static List<Integer> numbers(int count, int value) {
    return java.util.Collections.nCopies(count, value);
  }

  record Maybe(Integer number) {}

  @Test
  void levelsThatArePackedWithoutRunsAreRead() throws Exception {
    MessageType schema = MessageTypeParser.parseMessageType("message m { optional int32 number; }");
    Path path = directory.resolve("packed.parquet");
    int rows = 2_001;
    try (OutputStream out = Files.newOutputStream(path);
        NewFile file = new NewFile("legacy", out)) {
      ParquetFileWriter writer =
          new ParquetFileWriter(
              file, schema, ParquetFileWriter.Mode.CREATE, 1 << 20, 0, 64, 64, false);
      writer.start();
      writer.startBlock(rows);
      ColumnDescriptor column = schema.getColumns().getFirst();
      writer.startColumn(column, rows, CompressionCodecName.UNCOMPRESSED);
      byte[] page = packedPage(rows);
      writer.writeDataPage(
          rows,
          page.length,
          BytesInput.from(page),
          Statistics.createStats(column.getPrimitiveType()),
          rows,
          Encoding.RLE,
          Encoding.BIT_PACKED,
          Encoding.PLAIN);
      writer.endColumn();
      writer.endBlock();
      writer.end(Map.of());
      file.flush();
    }

    List<Maybe> records = Peer.read(path, Maybe.class);

    assertThat(records).hasSize(rows);
    for (int i = 0; i < rows; i++) {
      assertThat(records.get(i).number()).isEqualTo(i % 3 == 0 ? null : i);
    }
  }

  /// One level bit a row, the highest bit first, then the numbers that are present.
  private static byte[] packedPage(int rows) {
    ByteBuffer page = ByteBuffer.allocate((rows + 7) / 8 + rows * 4).order(ByteOrder.LITTLE_ENDIAN);
    byte[] levels = new byte[(rows + 7) / 8];
    page.position(levels.length);
    for (int i = 0; i < rows; i++) {
      if (i % 3 != 0) {
        levels[i / 8] |= (byte) (0x80 >>> (i % 8));
        page.putInt(i);
      }
    }
    byte[] bytes = java.util.Arrays.copyOf(page.array(), page.position());
    System.arraycopy(levels, 0, bytes, 0, levels.length);
    return bytes;
  }

  @Test
  void textWithoutAnAnnotationIsTextWhenAskedFor() throws Exception {
    Path file =
        write(
            "message m { required binary name; }",
            10,
            (columns, i) -> columns.getFirst().write(Binary.fromString("n" + i), 0, 0));

    record Named(String name) {}

    assertThat(Peer.read(file, Named.class)).element(7).isEqualTo(new Named("n7"));
  }
}
