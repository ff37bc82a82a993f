package dev.penstock.files.parquet;

import dev.penstock.data.RecordType;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// Writes records into one Parquet file. A row group is kept in memory, encoded, until it is full.
/// Used by one thread.
///
/// @param <T> the record type
public final class RowWriter<T> implements Closeable {
  private static final int NO_PADDING = 0;

  private final RecordType<T> type;
  private final MessageType schema;
  private final WriteSettings settings;
  private final ParquetProperties properties;
  private final PageCompressor compressor;
  private final ParquetFileWriter writer;
  private final NewFile file;
  private final RecordBuffer buffer;
  private @Nullable Group group;
  private long groupRows;

  /// Asked for once a batch, because the answer is summed up from all columns.
  private long groupBytes;

  /// A row group in the making.
  private record Group(ColumnChunkPageWriteStore pages, ColumnWriteStore columns) {}

  private RowWriter(
      RecordType<T> type, WriteSettings settings, ParquetProperties properties, NewFile file)
      throws IOException {
    this.type = type;
    this.settings = settings;
    this.file = file;
    this.schema = FileSchema.of(type.type().getSimpleName(), type.schema());
    this.buffer = new RecordBuffer(type.schema(), schema);
    this.compressor = new PageCompressor(settings.compression().codec());
    this.properties = properties;
    this.writer =
        new ParquetFileWriter(
            file,
            schema,
            ParquetFileWriter.Mode.CREATE,
            settings.rowGroup().bytes(),
            NO_PADDING,
            properties.getColumnIndexTruncateLength(),
            properties.getStatisticsTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    writer.start();
  }

  /// Begins a file.
  ///
  /// @param to where its bytes go; is not closed
  public static <T> RowWriter<T> create(OutputStream to, RecordType<T> type, WriteSettings settings)
      throws IOException {
    return create(to, type, settings, properties().build());
  }

  /// How the library encodes: dictionaries as long as they pay, pages of 1 MiB or 20,000 rows.
  static ParquetProperties.Builder properties() {
    return ParquetProperties.builder()
        .withAllocator(new HeapByteBufferAllocator())
        .withSizeStatisticsEnabled(false);
  }

  static <T> RowWriter<T> create(
      OutputStream to, RecordType<T> type, WriteSettings settings, ParquetProperties properties)
      throws IOException {
    NewFile file = new NewFile(type.type().getSimpleName(), to);
    return new RowWriter<>(type, settings, properties, file);
  }

  /// Adds a record. When that fails, the file is as before and the next record can be written.
  ///
  /// @throws IllegalArgumentException when a value has no place in its column
  public void write(T record) throws IOException {
    try {
      type.write(record, buffer);
    } catch (RuntimeException e) {
      buffer.undo();
      throw e;
    }
    buffer.endRecord();
    if (buffer.full()) {
      drain();
    }
  }

  private void drain() throws IOException {
    Group open = group;
    if (open == null) {
      open = newGroup();
      group = open;
    }
    groupRows += buffer.rows();
    buffer.drainTo(open.columns());
    groupBytes = open.columns().getBufferedSize();
    if (groupBytes >= settings.rowGroup().bytes()) {
      endGroup(open);
    }
  }

  private Group newGroup() {
    ColumnChunkPageWriteStore pages =
        new ColumnChunkPageWriteStore(
            compressor,
            schema,
            properties.getAllocator(),
            properties.getColumnIndexTruncateLength(),
            properties.getPageWriteChecksumEnabled());
    return new Group(pages, properties.newColumnWriteStore(schema, pages, pages));
  }

  private void endGroup(Group open) throws IOException {
    writer.startBlock(groupRows);
    open.columns().flush();
    open.pages().flushToFileWriter(writer);
    writer.endBlock();
    open.columns().close();
    open.pages().close();
    group = null;
    groupRows = 0;
    groupBytes = 0;
  }

  /// The size of the file so far, with what is still in memory as it is encoded.
  public long bytes() {
    return file.position() + groupBytes;
  }

  /// Writes what is left, and the footer.
  ///
  /// @param about what the footer tells of the file, besides its columns
  public void finish(Map<String, String> about) throws IOException {
    if (buffer.rows() > 0) {
      drain();
    }
    if (group != null) {
      endGroup(group);
    }
    writer.end(about);
    file.flush();
  }

  /// Releases what is in memory; without [#finish] before it the file is not complete.
  @Override
  public void close() {
    Group open = group;
    if (open != null) {
      group = null;
      open.columns().close();
      open.pages().close();
    }
  }
}
