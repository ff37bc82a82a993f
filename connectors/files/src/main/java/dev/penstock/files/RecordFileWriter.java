package dev.penstock.files;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/// Writes one file. The file need not be durable at its end: who opened the writer sees to that.
interface RecordFileWriter<T> extends Closeable {

  void write(T record) throws Exception;

  /// The size of the file so far, or a good guess while some of it is still in memory.
  long bytes();

  /// Writes what belongs at the end. Nothing but [#close] is called after it.
  ///
  /// @param about what is told of the file in itself, where the format has a place for that
  void finish(Map<String, String> about) throws IOException;

  /// Releases what the writer holds; without a [#finish] before it the file is not complete, and
  /// will be removed.
  @Override
  void close() throws IOException;
}
