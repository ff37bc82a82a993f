package dev.penstock.files;

import dev.penstock.pipeline.connector.Chunk;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads one file, in order.
interface RecordFileReader<T> extends Closeable {

  /// The next records; null at the end of the file. Valid until the next call.
  @Nullable Chunk<T> next() throws IOException;

  /// Bytes of the file read so far.
  long bytes();

  @Override
  void close() throws IOException;
}
