package dev.penstock.files.parquet;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/// Reads a file from any row on, a batch at a time. A batch ends where its row group ends.
final class BatchReader {
  private final ParquetFile file;
  private final List<Part> parts;
  private final Batch batch;
  private final int capacity;
  private final Predicate<BlockMetaData> wanted;
  private int group = -1;
  private long groupStart;
  private long groupEnd;
  private long row;
  private long batchStart;

  /// @param wanted row groups for which it says no are passed over unread
  BatchReader(
      ParquetFile file,
      List<Part> parts,
      Batch batch,
      int capacity,
      Predicate<BlockMetaData> wanted) {
    this.file = file;
    this.parts = parts;
    this.batch = batch;
    this.capacity = capacity;
    this.wanted = wanted;
  }

  /// Goes to a row, counted from 0 through the whole file; to be called before the first batch.
  void seek(long target) throws IOException {
    while (group + 1 < file.rowGroups().size()
        && groupEnd + file.rowGroups().get(group + 1).getRowCount() <= target) {
      group++;
      groupStart = groupEnd;
      groupEnd += file.rowGroups().get(group).getRowCount();
    }
    row = groupEnd;
    if (target > groupEnd && startNextGroup()) {
      if (row < target) {
        long skipped = target - row;
        for (Part part : parts) {
          guarded(part, () -> part.skip(skipped));
        }
        row = target;
      }
    }
  }

  /// Decodes the next rows.
  ///
  /// @return how many; 0 at the end of the file
  int next() throws IOException {
    while (row == groupEnd) {
      if (!startNextGroup()) {
        return 0;
      }
    }
    int count = (int) Math.min(capacity, groupEnd - row);
    batch.clear();
    for (Part part : parts) {
      guarded(part, () -> part.read(count));
    }
    batchStart = row;
    row += count;
    return count;
  }

  /// The number of the batch's first row in the file.
  long batchStart() {
    return batchStart;
  }

  /// Whether rows may be left after this batch.
  boolean more() {
    return row < groupEnd || group + 1 < file.rowGroups().size();
  }

  private boolean startNextGroup() throws IOException {
    if (group + 1 >= file.rowGroups().size()) {
      return false;
    }
    BlockMetaData block = file.rowGroups().get(++group);
    groupStart = groupEnd;
    groupEnd += block.getRowCount();
    row = groupStart;
    if (!wanted.test(block)) {
      row = groupEnd;
      return true;
    }
    for (Part part : parts) {
      guarded(part, () -> part.start(block.getColumns()));
    }
    return true;
  }

  /// Something that reads.
  @FunctionalInterface
  interface Reading {
    void run() throws IOException;
  }

  /// Bytes that make no sense fail in many ways, deep in decoders; all of them mean that the file
  /// is damaged.
  private void guarded(Part part, Reading reading) throws IOException {
    try {
      reading.run();
    } catch (UnsupportedOperationException e) {
      throw new UnreadableFile(where(part) + " cannot be read: " + e.getMessage(), e);
    } catch (java.nio.channels.ClosedChannelException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadableFile(
          where(part) + " is damaged: " + e.getMessage() + "; write or download the file again", e);
    }
  }

  private String where(Part part) {
    return "%s, row group %d, column \"%s\"".formatted(file.name(), group, part.name());
  }
}
