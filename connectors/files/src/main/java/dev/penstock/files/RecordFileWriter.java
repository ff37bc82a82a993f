package dev.penstock.files;

import java.io.Closeable;
import java.io.IOException;

/// Writes one file. The file need not be durable at its end: who opened the writer sees to that.
interface RecordFileWriter<T> extends Closeable {

  void write(T record) throws Exception;

  /// The size of the file so far, or a good guess while some of it is still in memory.
  long bytes();

  /// Writes what belongs at the end. Nothing but [#close] is called after it.
  void finish() throws IOException;

  /// Releases everything; without a [#finish] before it the file is not complete, and will be
  /// removed.
  @Override
  void close() throws IOException;
}
