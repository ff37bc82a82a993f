package dev.penstock.kill;

import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.connector.TxWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A table whose log and writer can be halted; says when it has committed.
///
/// @param commitAfter records, as the load commits
record HaltingTable<T>(TransactionalSink<T> table, long commitAfter)
    implements TransactionalSink<T> {

  @Override
  public CommitLog log() throws Exception {
    return new HaltingLog(table.log());
  }

  @Override
  public TxWriter<T> open(@Nullable Claim claim) throws Exception {
    TxWriter<T> writer = table.open(claim);
    Halt.ofProcess().pass(Point.AFTER_OPEN);
    return new HaltingWriter<>(writer, commitAfter);
  }

  @Override
  public String describe() {
    return table.describe();
  }

  private record HaltingLog(CommitLog log) implements CommitLog {
    @Override
    public Claim claim(String pipeline, Set<Split> splits) throws Exception {
      Halt.ofProcess().pass(Point.BEFORE_CLAIM);
      Claim claim = log.claim(pipeline, splits);
      Halt.ofProcess().pass(Point.AFTER_CLAIM);
      return claim;
    }

    @Override
    public void forget(String pipeline) throws Exception {
      log.forget(pipeline);
    }

    @Override
    public void close() throws Exception {
      log.close();
    }
  }

  private static final class HaltingWriter<T> implements TxWriter<T> {
    private final TxWriter<T> writer;
    private final long commitAfter;
    private long open;

    HaltingWriter(TxWriter<T> writer, long commitAfter) {
      this.writer = writer;
      this.commitAfter = commitAfter;
    }

    @Override
    public void write(T record) throws Exception {
      writer.write(record);
      if (++open == commitAfter) {
        Halt.ofProcess().pass(Point.BATCH_FULL);
      }
    }

    @Override
    public boolean full() {
      return writer.full();
    }

    @Override
    public void commit(Cut cut) throws Exception {
      Halt.ofProcess().pass(Point.BEFORE_COMMIT);
      writer.commit(cut);
      open = 0;
      Halt.say("committed");
      Halt.ofProcess().pass(Point.AFTER_COMMIT);
    }

    @Override
    public void finish(Cut cut) throws Exception {
      Halt.ofProcess().pass(Point.BEFORE_FINISH);
      writer.finish(cut);
      Halt.say("finished");
      Halt.ofProcess().pass(Point.AFTER_FINISH);
    }

    @Override
    public void rollback() throws Exception {
      writer.rollback();
    }

    @Override
    public long bytes() {
      return writer.bytes();
    }

    @Override
    public void close() throws Exception {
      writer.close();
    }
  }
}
