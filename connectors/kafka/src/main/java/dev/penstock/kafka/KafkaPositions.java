package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.UnknownConnection;
import dev.penstock.data.position.KeptPosition;
import dev.penstock.data.position.PositionStore;
import dev.penstock.data.position.PositionStores;
import dev.penstock.kafka.PositionsTopic.Kept;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The positions that are kept beside topics which are written in transactions.
public final class KafkaPositions implements PositionStores {

  @Override
  public Optional<PositionStore> open(String place) {
    ConnectionName connection = new ConnectionName(place);
    try {
      if (!connection.settings().url().startsWith(ClientSettings.SCHEME)) {
        return Optional.empty();
      }
    } catch (UnknownConnection e) {
      return Optional.empty();
    }
    ClientSettings settings = ClientSettings.of(connection);
    return Optional.of(new OfCluster(connection, settings, Cluster.of(connection, settings)));
  }

  private record OfCluster(ConnectionName connection, ClientSettings settings, Cluster cluster)
      implements PositionStore {

    private List<String> topics() throws InterruptedException {
      return cluster.names().stream()
          .filter(name -> name.startsWith(PositionsTopic.PREFIX))
          .map(name -> name.substring(PositionsTopic.PREFIX.length()))
          .toList();
    }

    @Override
    public List<KeptPosition> positions() throws InterruptedException {
      List<Kept> all = new ArrayList<>();
      for (String topic : topics()) {
        all.addAll(PositionsTopic.beside(connection, settings, topic).positions(cluster).values());
      }
      return all.stream()
          .sorted(Comparator.comparing(Kept::pipeline).thenComparing(Kept::split))
          .map(kept ->
              new KeptPosition(
                  kept.pipeline(),
                  kept.split(),
                  kept.number(),
                  new String(kept.position(), StandardCharsets.UTF_8)))
          .toList();
    }

    @Override
    public void forget(String pipeline) throws InterruptedException {
      for (String topic : topics()) {
        try (TransactionLog log = TransactionLog.open(connection, topic)) {
          log.forget(pipeline);
        }
      }
    }

    @Override
    public void close() {
      cluster.close();
    }
  }
}
