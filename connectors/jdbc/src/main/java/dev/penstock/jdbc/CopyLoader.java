package dev.penstock.jdbc;

import java.util.ArrayList;
import java.util.List;

/// Loads a PostgreSQL table by `COPY … FROM STDIN BINARY`. The calling thread encodes, and each
/// connection has a thread that sends.
final class CopyLoader<T> implements RowLoader<T> {
  private static final int BUFFER_BYTES = 512 * 1024;

  /// What is filled when a buffer is sent, so that most rows fit without growing it.
  private static final int SEND_BYTES = BUFFER_BYTES - 8 * 1024;

  private final Pump<RowBuffer> pump;
  private final List<CopyStream> streams;
  private final BinaryRows<T> rows;
  private long count;
  private boolean empty = true;

  CopyLoader(LoadTarget<T> target, List<PgColumn> columns, List<java.sql.Connection> connections)
      throws InterruptedException {
    List<RowBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < connections.size() + 2; i++) {
      buffers.add(new RowBuffer(BUFFER_BYTES));
    }
    this.streams =
        connections.stream().map(connection -> new CopyStream(connection, target)).toList();
    this.pump = new Pump<>("penstock-copy-" + target.table(), buffers, streams);
    this.rows = new BinaryRows<>(target, columns, pump.current());
    rows.buffer().clear(0);
  }

  @Override
  public void write(T record) throws Exception {
    rows.write(record);
    count++;
    empty = false;
    if (rows.buffer().position() >= SEND_BYTES) {
      try {
        pump.exchange();
      } finally {
        next();
      }
    }
  }

  @Override
  public void flush() throws Exception {
    if (!empty) {
      try {
        pump.finish();
      } finally {
        start();
      }
    }
  }

  @Override
  public void cancel() {
    pump.cancel();
    start();
  }

  private void start() {
    count = 0;
    empty = true;
    next();
  }

  private void next() {
    RowBuffer next = pump.current();
    next.clear(count);
    rows.buffer(next);
  }

  @Override
  public long bytes() {
    long sum = 0;
    for (CopyStream stream : streams) {
      sum += stream.bytes();
    }
    return sum;
  }

  @Override
  public void close() {
    pump.stop();
  }
}
