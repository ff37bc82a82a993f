package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.connector.TxWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A topic to write to in transactions; made by [KafkaSink#transactional]. Immutable.
///
/// Records and the positions of the pipeline are committed in one transaction, so that consumers
/// with `isolation.level=read_committed` see the effect of each record once. Positions are kept in
/// the same cluster, in a topic of their own named `__penstock-positions-` and the name of the
/// topic, which is made by the first resumable run.
///
/// A record that the broker refuses fails the run, or goes to its dead letters.
///
/// @param <T> the type of the records
public final class TransactionalKafkaSink<T> implements TransactionalSink<T> {
  private static final long serialVersionUID = 1L;

  /// A run that is not resumable is one transaction: as long as brokers allow if not told.
  private static final String LONGEST_TRANSACTION = "900000";

  private final KafkaSink<T> sink;
  private final ConnectionName connection;
  private final String topic;

  TransactionalKafkaSink(KafkaSink<T> sink, ConnectionName connection, String topic) {
    PositionsTopic.nameFor(topic); // says now what cannot be
    this.sink = sink;
    this.connection = connection;
    this.topic = topic;
  }

  @Override
  public CommitLog log() {
    return TransactionLog.open(connection, topic);
  }

  @Override
  public TxWriter<T> open(@Nullable Claim claim) throws Exception {
    Map<String, String> more = new HashMap<>();
    TransactionClaim ours = TransactionClaim.of(claim);
    if (ours == null) {
      more.put("transactional.id", TransactionClaim.newId("run"));
      more.put("transaction.timeout.ms", LONGEST_TRANSACTION);
    } else {
      more.put("transactional.id", ours.id());
    }
    return TransactionWriter.open(sink.sending(more), connection, topic, ours);
  }

  @Override
  public Optional<String> conditionOfReaders() {
    return Optional.of("its consumers read with isolation.level=read_committed");
  }

  @Override
  public boolean adds() {
    return true;
  }

  @Override
  public String describe() {
    String plain = sink.describe();
    return plain.substring(0, plain.length() - 1) + ", transactional)";
  }

  @Override
  public String toString() {
    return describe();
  }
}
