package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.kafka.PositionsTopic.Claimed;
import dev.penstock.kafka.PositionsTopic.Kept;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Entry;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The positions of a topic that is written in transactions.
///
/// The order in which claims stand in their partition is the order of the claims. Whoever claims
/// writes that down first, then fences the writers of all earlier claims on the split, which ends
/// their transactions, and only then reads where it stands. A writer that begins, or takes a claim
/// on, looks whether a later claim has been made: if not, the later one finds it and fences it.
final class TransactionLog implements CommitLog {
  private final PositionsTopic positions;
  private final Cluster cluster;

  private TransactionLog(PositionsTopic positions, Cluster cluster) {
    this.positions = positions;
    this.cluster = cluster;
  }

  /// The log beside a topic.
  static TransactionLog open(ConnectionName connection, String topic) {
    ClientSettings settings = ClientSettings.of(connection);
    return new TransactionLog(
        PositionsTopic.beside(connection, settings, topic), Cluster.of(connection, settings));
  }

  @Override
  public TransactionClaim claim(String pipeline, Set<Split> splits)
      throws InterruptedException, Fenced {
    String id = TransactionClaim.newId(pipeline);
    if (splits.isEmpty()) {
      return new TransactionClaim(pipeline, id, splits, Map.of());
    }
    positions.make(cluster);
    List<Claimed> mine = new ArrayList<>();
    splits.forEach(split -> mine.add(new Claimed(pipeline, split.id(), id, id, Instant.now())));
    positions.add(mine);
    fence(earlier(pipeline, splits, id));
    Map<Split, Entry> last = new HashMap<>();
    for (Kept kept : positions.positions(cluster).values()) {
      Split split = new Split(kept.split());
      if (kept.pipeline().equals(pipeline) && splits.contains(split)) {
        last.put(split, kept.entry());
      }
    }
    return new TransactionClaim(pipeline, id, splits, last);
  }

  /// What stands of the claims on these splits that were made before this one.
  ///
  /// @throws Fenced when this one has been taken back by a later one
  private List<Claimed> earlier(String pipeline, Set<Split> splits, String claim)
      throws InterruptedException, Fenced {
    Collection<Claimed> all = positions.claims(cluster).values();
    List<Claimed> earlier = new ArrayList<>();
    for (Split split : splits) {
      Set<String> notEarlier = from(all, pipeline, split, claim);
      if (notEarlier.isEmpty()) {
        throw fenced(pipeline, split);
      }
      all.stream()
          .filter(each -> each.isOf(pipeline, split) && !notEarlier.contains(each.claim()))
          .forEach(earlier::add);
    }
    return earlier;
  }

  /// A claim and those on its split that were made after it.
  private static Set<String> from(
      Collection<Claimed> all, String pipeline, Split split, String claim) {
    Set<String> from = new LinkedHashSet<>();
    for (Claimed each : all) {
      if (each.isOf(pipeline, split)
          && each.isFirst()
          && (!from.isEmpty() || each.claim().equals(claim))) {
        from.add(each.claim());
      }
    }
    return from;
  }

  /// Ends those who write under these claims, then takes the claims back.
  private void fence(List<Claimed> claims) throws InterruptedException {
    cluster.fence(claims.stream().map(Claimed::writer).collect(Collectors.toSet()));
    positions.remove(claims);
  }

  /// Lets a writer that has begun under another id take on a claim.
  ///
  /// @throws Fenced when a later claim was made
  void takeOn(TransactionClaim claim, String writer) throws InterruptedException, Fenced {
    List<Claimed> taken = new ArrayList<>();
    claim
        .splits()
        .forEach(split ->
            taken.add(
                new Claimed(claim.pipeline(), split.id(), claim.id(), writer, Instant.now())));
    positions.add(taken);
    confirm(claim);
  }

  /// Whether nobody has claimed the splits of a claim since.
  ///
  /// @throws Fenced when somebody has
  void confirm(TransactionClaim claim) throws InterruptedException, Fenced {
    if (claim.splits().isEmpty()) {
      return;
    }
    Collection<Claimed> all = positions.claims(cluster).values();
    for (Split split : claim.splits()) {
      if (!from(all, claim.pipeline(), split, claim.id()).equals(Set.of(claim.id()))) {
        throw fenced(claim.pipeline(), split);
      }
    }
  }

  static Fenced fenced(String pipeline, Split split) {
    return new Fenced(
        "another process has claimed pipeline \"%s\", split %s, since this one did"
            .formatted(pipeline, split.id()));
  }

  /// Takes back claims of which everything is committed, so that whoever claims next need not fence
  /// the writer, which goes on with other splits.
  ///
  /// @param claims by split
  void release(String pipeline, Map<Split, String> claims) throws InterruptedException {
    List<Claimed> released = new ArrayList<>();
    for (Claimed each : positions.claims(cluster).values()) {
      String claim = claims.get(new Split(each.split()));
      if (each.pipeline().equals(pipeline) && each.claim().equals(claim)) {
        released.add(each);
      }
    }
    positions.remove(released);
  }

  @Override
  public Set<Split> known(String pipeline) throws InterruptedException {
    Set<Split> known = new HashSet<>();
    all(pipeline).forEach(kept -> known.add(new Split(kept.split())));
    return known;
  }

  private List<Kept> all(String pipeline) throws InterruptedException {
    return cluster.has(positions.name())
        ? positions.positions(cluster).values().stream()
            .filter(kept -> kept.pipeline().equals(pipeline))
            .toList()
        : List.of();
  }

  @Override
  public void forget(String pipeline) throws InterruptedException {
    if (cluster.has(positions.name())) {
      fence(
          positions.claims(cluster).values().stream()
              .filter(claim -> claim.pipeline().equals(pipeline))
              .toList());
      positions.forget(all(pipeline));
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
