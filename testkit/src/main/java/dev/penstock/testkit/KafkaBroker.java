package dev.penstock.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/// A real Kafka broker, one for all tests of a JVM: in this process, on free ports of the loopback
/// interface. Needs `org.apache.kafka:kafka_2.13` on the class path.
public final class KafkaBroker {
  /// Who may log in at [#saslAddress].
  public static final String USER = "penstock";

  /// With this password.
  public static final String PASSWORD = "mill-race-17";

  private static final AtomicLong TOPICS = new AtomicLong();

  private KafkaBroker() {}

  /// @param proxied where a proxy comes in
  /// @param proxy where that proxy must listen: clients that come through it are told so
  /// @param tlsPort where one comes over TLS, if it has keys
  private record Running(int port, int saslPort, int proxied, int proxy, int tlsPort) {

    private static Running ofTests() {
      try {
        Path directory = Files.createTempDirectory("penstock-kafka");
        return start(directory, freePort(), null, () -> delete(directory));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// @param keys null for a broker without TLS
    /// @param atEnd what is done when it has stopped
    private static Running start(
        Path directory, int port, @Nullable ServerKeys keys, Runnable atEnd) {
      try {
        int saslPort = freePort();
        int proxied = freePort();
        int proxy = freePort();
        int tlsPort = freePort();
        Map<String, Object> settings =
            settings(directory, port, saslPort, proxied, proxy, freePort());
        if (keys != null) {
          secure(settings, tlsPort, keys);
        }
        if (!Files.exists(directory.resolve("meta.properties"))) {
          format(directory);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, atEnd), "stop-kafka"));
        warmUp(port);
        return new Running(port, saslPort, proxied, proxy, tlsPort);
      } catch (Exception e) {
        throw new IllegalStateException("the Kafka broker for tests did not start", e);
      }
    }

    /// Lets the broker start what it starts late, so that it is no leak of the first test.
    private static void warmUp(int port) {
      Properties properties = new Properties();
      properties.put("bootstrap.servers", "127.0.0.1:" + port);
      properties.put("group.id", "warm-up");
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        consumer.subscribe(List.of("__consumer_offsets"));
        consumer.poll(Duration.ofMillis(500));
        consumer.committed(Set.of(new TopicPartition("__consumer_offsets", 0)));
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    private static Map<String, Object> settings(
        Path directory, int port, int saslPort, int proxied, int proxy, int controller) {
      Map<String, Object> settings = new HashMap<>();
      settings.put("process.roles", "broker,controller");
      settings.put("node.id", "1");
      settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
      settings.put(
          "listeners",
          "PLAINTEXT://127.0.0.1:%d,SASL_PLAINTEXT://127.0.0.1:%d,PROXIED://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
              .formatted(port, saslPort, proxied, controller));
      settings.put(
          "advertised.listeners",
          "PLAINTEXT://127.0.0.1:%d,SASL_PLAINTEXT://127.0.0.1:%d,PROXIED://127.0.0.1:%d"
              .formatted(port, saslPort, proxy));
      settings.put(
          "listener.security.protocol.map",
          "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT");
      settings.put("controller.listener.names", "CONTROLLER");
      settings.put("sasl.enabled.mechanisms", "PLAIN");
      settings.put(
          "listener.name.sasl_plaintext.plain.sasl.jaas.config",
          "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
              .formatted(USER, PASSWORD));
      settings.put("log.dirs", directory.toString());
      settings.put("auto.create.topics.enable", "false");
      settings.put("offsets.topic.replication.factor", "1");
      settings.put("offsets.topic.num.partitions", "1");
      settings.put("transaction.state.log.replication.factor", "1");
      settings.put("transaction.state.log.min.isr", "1");
      settings.put("transaction.state.log.num.partitions", "1");
      settings.put("share.coordinator.state.topic.replication.factor", "1");
      settings.put("share.coordinator.state.topic.num.partitions", "1");
      settings.put("group.initial.rebalance.delay.ms", "0");
      settings.put("group.min.session.timeout.ms", "500");
      settings.put("log.retention.check.interval.ms", "1000");
      settings.put("log.initial.task.delay.ms", "500");
      settings.put("log.cleaner.dedupe.buffer.size", "4194304");
      settings.put("num.network.threads", "2");
      settings.put("num.io.threads", "2");
      settings.put("background.threads", "2");
      return settings;
    }

    /// Adds where one comes over TLS and logs in by SCRAM.
    private static void secure(Map<String, Object> settings, int port, ServerKeys keys) {
      for (String key : List.of("listeners", "advertised.listeners")) {
        settings.merge(key, "SASL_SSL://127.0.0.1:" + port, (all, one) -> all + "," + one);
      }
      settings.merge(
          "listener.security.protocol.map", "SASL_SSL:SASL_SSL", (all, one) -> all + "," + one);
      settings.put("listener.name.sasl_ssl.sasl.enabled.mechanisms", "SCRAM-SHA-512");
      settings.put(
          "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required;");
      settings.put("ssl.keystore.location", keys.keystore().toString());
      settings.put("ssl.keystore.password", keys.password());
      settings.put("ssl.keystore.type", "PKCS12");
    }

    private static void format(Path directory) throws Exception {
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setScramArguments(
              List.of("SCRAM-SHA-512=[name=%s,password=%s]".formatted(USER, PASSWORD)))
          .run();
    }

    /// One broker after the other: two that stop in a process at once may wait for each other.
    private static synchronized void stop(KafkaRaftServer server, Runnable atEnd) {
      server.shutdown();
      server.awaitShutdown();
      atEnd.run();
    }

    private static void delete(Path directory) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Made when it is first asked for, and not by whoever starts one of its own.
  private static final class Shared {
    static final Running BROKER = Running.ofTests();
  }

  /// Where anybody may connect: `127.0.0.1:9092`.
  public static String address() {
    return "127.0.0.1:" + Shared.BROKER.port();
  }

  /// Where one logs in by name and password, over SASL/PLAIN without TLS.
  public static String saslAddress() {
    return "127.0.0.1:" + Shared.BROKER.saslPort();
  }

  /// A broker that is reached over TLS, and logged in to by SCRAM-SHA-512 as [#USER].
  public record Secured(String address, ServerKeys keys) {}

  /// Starts another broker, which ends with the JVM.
  public static Secured secured() throws IOException {
    Path directory = Files.createTempDirectory("penstock-kafka");
    ServerKeys keys = ServerKeys.in(directory);
    Running running =
        Running.start(directory, Running.freePort(), keys, () -> Running.delete(directory));
    return new Secured("127.0.0.1:" + running.tlsPort(), keys);
  }

  /// A proxy between the broker and clients, who are told to come to it. One at a time.
  public static FaultProxy proxy() throws IOException {
    return FaultProxy.at(Shared.BROKER.proxy(), Shared.BROKER.proxied());
  }

  /// A name that no topic has yet.
  public static String newTopic(String name) {
    return name + "-" + TOPICS.incrementAndGet();
  }

  /// Starts one of its own until the JVM ends, with its data in a directory that stays.
  ///
  /// @param port 0 for a free one
  /// @return where anybody may connect
  static String start(Path directory, int port) throws IOException {
    int chosen = port == 0 ? Running.freePort() : port;
    return "127.0.0.1:" + Running.start(directory, chosen, null, () -> {}).port();
  }
}
