package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.kafka.PositionsTopic.Kept;
import dev.penstock.kafka.Sending.Refused;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.RejectedRecord;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.TxWriter;
import dev.penstock.pipeline.connector.UnknownOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/// Sends records to a topic in transactions; positions are records of the same transaction.
final class TransactionWriter<T> implements TxWriter<T> {
  private final Sending<T> sending;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ConnectionName connection;
  private final String topic;
  private final ClientSettings settings;
  private final PositionsTopic positions;

  /// Under which it writes; null in a run without positions.
  private final @Nullable TransactionClaim first;

  /// What is claimed; also used by the thread that claims.
  private final Map<Split, Held> held = new ConcurrentHashMap<>();

  /// Whether a transaction is open.
  private boolean open;

  /// A split that may be committed.
  ///
  /// @param claim the id of the newest claim on it
  /// @param number of its last commit
  private record Held(String claim, long number, Optional<Position> at) {}

  private TransactionWriter(
      Sending<T> sending,
      ConnectionName connection,
      String topic,
      @Nullable TransactionClaim claim) {
    this.sending = sending;
    this.producer = sending.producer;
    this.connection = connection;
    this.topic = topic;
    this.settings = ClientSettings.of(connection);
    this.positions = PositionsTopic.beside(connection, settings, topic);
    this.first = claim;
    if (claim != null) {
      hold(claim);
    }
  }

  static <T> TransactionWriter<T> open(
      Sending<T> sending, ConnectionName connection, String topic, @Nullable TransactionClaim claim)
      throws Exception {
    TransactionWriter<T> writer = new TransactionWriter<>(sending, connection, topic, claim);
    try {
      writer.begin(claim);
      return writer;
    } catch (Throwable e) {
      writer.close();
      throw e;
    }
  }

  private void begin(@Nullable TransactionClaim claim) throws Exception {
    try {
      producer.initTransactions();
    } catch (InterruptException e) {
      throw Sending.interrupted(e);
    } catch (KafkaException e) {
      throw settings.failure("transactions on " + connection + " cannot be begun", e);
    }
    if (claim != null) {
      // whoever has fenced it before it began has claimed since
      try (TransactionLog log = TransactionLog.open(connection, topic)) {
        log.confirm(claim);
      }
    }
  }

  private void hold(TransactionClaim claim) {
    for (Split split : claim.splits()) {
      Entry last = claim.last().get(split);
      held.put(
          split,
          new Held(
              claim.id(),
              last == null ? 0 : last.number(),
              last == null ? Optional.empty() : last.to()));
    }
  }

  // The thread that claims

  @Override
  public void add(Claim more) throws Exception {
    TransactionClaim other = TransactionClaim.of(more);
    if (first == null || other == null || !other.pipeline().equals(first.pipeline())) {
      throw new IllegalArgumentException(
          "topic \"" + topic + "\" is written under another claim than " + more);
    }
    try (TransactionLog log = TransactionLog.open(connection, topic)) {
      log.takeOn(other, first.id());
    }
    hold(other);
  }

  @Override
  public void release(Set<Split> splits) throws Exception {
    Map<Split, String> claims = new HashMap<>();
    for (Split split : splits) {
      Held was = held.remove(split);
      if (was != null) {
        claims.put(split, was.claim());
      }
    }
    if (first != null && !claims.isEmpty()) {
      try (TransactionLog log = TransactionLog.open(connection, topic)) {
        log.release(first.pipeline(), claims);
      }
    }
  }

  // The thread that writes

  @Override
  public void write(T record) throws Exception {
    try {
      beginTransaction();
      sending.send(record);
    } catch (Exception e) {
      throw failure(e);
    }
  }

  private void beginTransaction() {
    if (!open) {
      producer.beginTransaction();
      open = true;
    }
  }

  @Override
  public void flush() throws Exception {
    if (!open) {
      return;
    }
    try {
      sending.flush();
      throwRefused();
      sending.throwBroken();
    } catch (Exception e) {
      throw failure(e);
    }
  }

  /// The producer takes nothing more once a record of the transaction is refused.
  private void throwRefused() throws Exception {
    List<Refused<T>> refused = sending.takeRefused();
    if (!refused.isEmpty()) {
      rollback();
      UndeliverableRecord why = refused.getFirst().why();
      throw new RejectedRecord(String.valueOf(why.getMessage()), -1, why);
    }
  }

  @Override
  public void commit(Cut cut) throws Exception {
    List<Kept> moved = moved(cut);
    if (!open && moved.isEmpty()) {
      return;
    }
    flush();
    try {
      beginTransaction();
      for (Kept kept : moved) {
        producer.send(positions.letter(kept)); // if it fails, so does the commit
      }
    } catch (Exception e) {
      throw failure(e);
    }
    try {
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw commitFailed(e);
    }
    open = false;
    for (Kept kept : moved) {
      held.computeIfPresent(
          new Split(kept.split()),
          (_, was) ->
              new Held(was.claim(), kept.number(), Optional.of(new Position(kept.position()))));
    }
  }

  /// The positions of a cut.
  ///
  /// @throws Fenced when a split is not where the cut begins
  private List<Kept> moved(Cut cut) throws Exception {
    List<Kept> moved = new ArrayList<>();
    if (first == null) {
      return moved;
    }
    for (Map.Entry<Split, Position> to : cut.to().entrySet()) {
      Split split = to.getKey();
      Held at = held.get(split);
      if (at == null || !at.at().equals(Optional.ofNullable(cut.from().get(split)))) {
        rollback();
        throw TransactionLog.fenced(first.pipeline(), split);
      }
      moved.add(Kept.of(first, split, at.number() + 1, to.getValue(), cut));
    }
    return moved;
  }

  @Override
  public void rollback() throws Exception {
    if (!open) {
      return;
    }
    open = false;
    try {
      producer.abortTransaction();
      sending.forgetAnswers();
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  /// What a failure before the commit means.
  private Exception failure(Exception e) throws Exception {
    if (e instanceof InterruptException interrupt) {
      return Sending.interrupted(interrupt);
    }
    if (ended(e)) {
      return endedByOthers(e);
    }
    if (!(e instanceof KafkaException)) {
      return e;
    }
    sending.flush(); // until the answer is there that has made the producer refuse
    throwRefused();
    return sending.failed(e);
  }

  private Exception commitFailed(KafkaException e) throws Exception {
    open = false; // it may be committed; closing ends it if not
    return switch (e) {
      case InterruptException interrupt -> Sending.interrupted(interrupt);
      case AuthorizationException _, AuthenticationException _ -> sending.failed(e);
      default ->
          ended(e)
              ? endedByOthers(e)
              : new UnknownOutcome(
                  String.valueOf(
                      settings
                          .failure("committing to topic \"" + topic + "\" failed", e)
                          .getMessage()),
                  e);
    };
  }

  /// Whether somebody else has ended the transaction.
  private static boolean ended(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException
          || cause instanceof InvalidPidMappingException
          || cause instanceof InvalidTxnStateException) {
        return true;
      }
    }
    return false;
  }

  /// Whoever claims a split ends the transaction; the broker does when it was open for too long.
  ///
  /// @throws Fenced when somebody has claimed one
  private Exception endedByOthers(Exception e) throws Exception {
    open = false;
    if (first != null && !held.isEmpty()) {
      Map<String, Set<Split>> claims = new HashMap<>();
      held.forEach((split, at) ->
          claims.computeIfAbsent(at.claim(), _ -> ConcurrentHashMap.newKeySet()).add(split));
      try (TransactionLog log = TransactionLog.open(connection, topic)) {
        for (Map.Entry<String, Set<Split>> claim : claims.entrySet()) {
          log.confirm(
              new TransactionClaim(first.pipeline(), claim.getKey(), claim.getValue(), Map.of()));
        }
      }
    }
    String message =
        "the broker has ended a transaction on topic \"%s\": it was open for longer than transaction.timeout.ms. Commit more often, or set it in the connection"
            .formatted(topic);
    return first == null ? new KafkaFailure(message, e) : new UnknownOutcome(message, e);
  }

  @Override
  public long bytes() {
    return sending.bytes();
  }

  /// Closing a producer aborts its transaction; where that takes too long, whoever claims next
  /// does.
  @Override
  public void close() {
    sending.close();
  }
}
