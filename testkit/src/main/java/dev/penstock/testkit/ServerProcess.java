package dev.penstock.testkit;

import dev.penstock.testkit.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// A server as a process of its own, on loopback, with its data in a directory: one that is started
/// again with the same directory goes on from there, also after it was killed. Its first line of
/// standard output says where it is. It stops when its standard input ends, so that it does not
/// outlive whoever has started it.
///
/// | arguments | server | first line |
/// |---|---|---|
/// | `kafka DIRECTORY PORT TOPIC…` | a Kafka broker, with topics of three partitions | `127.0.0.1:9092` |
/// | `postgres DIRECTORY PORT` | PostgreSQL | a JDBC URL with user and password |
/// | `s3 DIRECTORY PORT BUCKET…` | a server that speaks the protocol of S3 | an `s3://` URL with its keys |
///
/// A port of 0 is a free one.
public final class ServerProcess {
  private ServerProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]).toAbsolutePath();
    Files.createDirectories(directory);
    int port = Integer.parseInt(arguments[2]);
    List<String> names = List.of(arguments).subList(3, arguments.length);
    String where =
        switch (arguments[0]) {
          case "kafka" -> kafka(directory, port, names);
          case "postgres" -> Postgres.start(directory, port);
          case "s3" -> s3(directory, port, names);
          default -> throw new IllegalArgumentException("there is no server " + arguments[0]);
        };
    System.out.println(where);
    while (System.in.read() >= 0) {
      Thread.onSpinWait();
    }
    System.exit(0);
  }

  private static String kafka(Path directory, int port, List<String> topics) throws IOException {
    String address = KafkaBroker.start(directory, port);
    Properties properties = new Properties();
    properties.put("bootstrap.servers", address);
    try (Admin admin = Admin.create(properties)) {
      Set<String> known = admin.listTopics().names().get();
      admin
          .createTopics(
              topics.stream()
                  .filter(topic -> !known.contains(topic))
                  .map(topic -> new NewTopic(topic, 3, (short) 1))
                  .toList())
          .all()
          .get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("the topics could not be made", e);
    }
    return address;
  }

  private static String s3(Path directory, int port, List<String> buckets) {
    S3Server server = S3Server.start("penstock", "mill-race-17", port, directory);
    for (String bucket : buckets) {
      server.createBucket(bucket);
    }
    return server.url();
  }
}
