package dev.penstock.files.parquet;

import dev.penstock.objects.ReadableObject;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// An open Parquet file: its footer, and its bytes by position. Used by one thread at a time.
public final class ParquetFile implements AutoCloseable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = 8;

  private final String name;
  private final ReadableObject file;
  private final ParquetMetadata footer;
  private long bytesRead;

  private ParquetFile(String name, ReadableObject file, ParquetMetadata footer) {
    this.name = name;
    this.file = file;
    this.footer = footer;
  }

  /// Reads the footer of a file, which is closed with this.
  ///
  /// @param name how messages call the file
  /// @throws UnreadableFile when it is not a whole Parquet file
  public static ParquetFile open(ReadableObject file, String name) throws IOException {
    try {
      byte[] bytes = footerBytes(name, file, file.size());
      ParquetMetadata footer = metadata(name, bytes);
      checkPlaces(name, footer, file.size());
      return new ParquetFile(name, file, footer);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  private static byte[] footerBytes(String name, ReadableObject file, long size)
      throws IOException {
    if (size == 0) {
      throw new UnreadableFile(
          name
              + " is empty (0 bytes), a Parquet file has at least a footer; write or download it again");
    }
    byte[] head = bytes(name, file, 0, (int) Math.min(MAGIC.length, size));
    if (!Arrays.equals(head, MAGIC)) {
      String hint =
          Arrays.equals(head, ENCRYPTED)
              ? "its footer is encrypted, which is not supported"
              : "it begins with " + show(head) + ", a Parquet file begins with \"PAR1\"";
      throw new UnreadableFile(name + " is not a Parquet file: " + hint);
    }
    byte[] tail = size < MAGIC.length + TAIL ? head : bytes(name, file, size - TAIL, TAIL);
    boolean whole = tail.length == TAIL && Arrays.equals(tail, 4, TAIL, MAGIC, 0, MAGIC.length);
    if (!whole) {
      throw truncated(name, size, "it does not end with \"PAR1\"", null);
    }
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length <= 0 || length > size - MAGIC.length - TAIL) {
      throw truncated(name, size, "its footer would have " + length + " bytes", null);
    }
    return bytes(name, file, size - TAIL - length, length);
  }

  private static UnreadableFile truncated(
      String name, long size, String why, @Nullable Throwable cause) {
    return new UnreadableFile(
        name
            + " is cut short or damaged: it has "
            + size
            + " bytes and "
            + why
            + "; write or download it again",
        cause);
  }

  private static String show(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f)
        ? '"' + text + '"'
        : "the bytes " + HexFormat.ofDelimiter(" ").formatHex(head);
  }

  private static ParquetMetadata metadata(String name, byte[] footer) throws IOException {
    try {
      return new ParquetMetadataConverter()
          .readParquetMetadata(
              new ByteArrayInputStream(footer), ParquetMetadataConverter.NO_FILTER);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableFile(
          name
              + " is damaged: its footer cannot be read ("
              + e.getMessage()
              + "); write or download it again",
          e);
    }
  }

  /// A footer can be damaged and still be readable; what it says of places and counts is checked.
  private static void checkPlaces(String name, ParquetMetadata footer, long size)
      throws UnreadableFile {
    int columns = footer.getFileMetaData().getSchema().getPaths().size();
    for (BlockMetaData group : footer.getBlocks()) {
      boolean sound = group.getRowCount() >= 0 && group.getColumns().size() == columns;
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        sound &=
            chunk.getStartingPos() >= MAGIC.length
                && chunk.getTotalSize() >= 0
                && chunk.getTotalSize() <= size - chunk.getStartingPos()
                && chunk.getValueCount() >= 0;
      }
      if (!sound) {
        throw new UnreadableFile(
            name
                + " is damaged: its footer names places that are not in the file; write or download"
                + " it again");
      }
    }
  }

  private static byte[] bytes(String name, ReadableObject file, long at, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    readFully(name, file, at, bytes, 0, length);
    return bytes;
  }

  private static void readFully(
      String name, ReadableObject file, long at, byte[] to, int offset, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(to, offset, length);
    while (buffer.hasRemaining()) {
      int n = file.read(at + buffer.position() - offset, buffer);
      if (n < 0) {
        throw new EOFException(
            name + " ended before byte " + (at + length) + "; it became shorter");
      }
    }
  }

  /// Reads `length` bytes from position `at` of the file.
  void readFully(long at, byte[] to, int offset, int length) throws IOException {
    readFully(name, file, at, to, offset, length);
    bytesRead += length;
  }

  /// How messages call the file.
  String name() {
    return name;
  }

  /// The file's columns.
  public MessageType schema() {
    return footer.getFileMetaData().getSchema();
  }

  /// The version of the program that wrote the file, as far as it can be told; its known faults are
  /// worked around.
  @Nullable ParsedVersion writerVersion() {
    try {
      return VersionParser.parse(footer.getFileMetaData().getCreatedBy());
    } catch (VersionParseException | RuntimeException e) {
      return null;
    }
  }

  List<BlockMetaData> rowGroups() {
    return footer.getBlocks();
  }

  /// What the footer tells of the file, besides its columns.
  public Map<String, String> about() {
    return Map.copyOf(footer.getFileMetaData().getKeyValueMetaData());
  }

  /// How many rows the file has.
  public long rows() {
    return footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
  }

  /// Bytes read so far, the footer apart.
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
