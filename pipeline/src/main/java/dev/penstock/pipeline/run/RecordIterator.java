package dev.penstock.pipeline.run;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Pulls records out of a running pipeline. A failure that nothing caught is thrown by the pull in
/// whose place it stands, and the next pull goes on with the next record. To be closed when it is
/// not read to its end. For one thread.
public interface RecordIterator<T extends @Nullable Object> extends Iterator<T>, AutoCloseable {
  /// Stops the run: threads are interrupted and joined, the source is closed. Idempotent.
  @Override
  void close();
}
