package dev.penstock.objects.s3;

import dev.penstock.testkit.MemberProcess;
import dev.penstock.testkit.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A broker, a database and a server of S3 as processes of their own that are killed and started
/// again, with their data in a directory. For one thread.
final class RoomsServers implements AutoCloseable {
  private final Path directory;
  private final RandomGenerator random;
  private final int kafkaPort;
  private final int databasePort;
  private final int lakePort;
  private MemberProcess kafka;
  private MemberProcess database;
  private MemberProcess lake;

  RoomsServers(Path directory, RandomGenerator random) throws IOException, InterruptedException {
    this.directory = directory;
    this.random = random;
    this.kafkaPort = port();
    this.databasePort = port();
    this.lakePort = port();
    kafka = startKafka();
    database = startDatabase();
    lake = startLake();
    kafka.await(":" + kafkaPort);
    database.await(":" + databasePort);
    lake.await(":" + lakePort);
  }

  /// A port that no client is given for its own end while the server is down.
  private int port() throws IOException {
    while (true) {
      int port = random.nextInt(20_000, 30_000);
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException taken) {
        // another, then
      }
    }
  }

  private MemberProcess start(String kind, int port, String... names) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(kind, directory.resolve(kind).toString(), "" + port));
    arguments.addAll(List.of(names));
    return MemberProcess.start(ServerProcess.class, "384m", arguments.toArray(String[]::new));
  }

  private MemberProcess startKafka() throws IOException {
    return start("kafka", kafkaPort);
  }

  private MemberProcess startDatabase() throws IOException {
    return start("postgres", databasePort);
  }

  private MemberProcess startLake() throws IOException {
    return start("s3", lakePort, "lake");
  }

  String kafka() {
    return "kafka://127.0.0.1:" + kafkaPort;
  }

  String database() {
    return "jdbc:postgresql://127.0.0.1:"
        + databasePort
        + "/postgres?user=postgres&password=postgres";
  }

  String lake() {
    return "s3://penstock:mill-race-17@127.0.0.1:" + lakePort + "?tls=false";
  }

  void killKafka() throws IOException, InterruptedException {
    kafka.close();
    kafka = startKafka();
    kafka.await(":" + kafkaPort);
  }

  /// What is left of the killed server may hold the memory that its processes share for a moment.
  void killDatabase() throws IOException, InterruptedException {
    killPostmaster();
    for (int attempt = 1; ; attempt++) {
      database.close();
      database = startDatabase();
      try {
        database.await(":" + databasePort);
        return;
      } catch (IllegalStateException e) {
        if (attempt == 10) {
          throw e;
        }
      }
    }
  }

  /// The server's own processes outlive the one that has started them.
  private void killPostmaster() throws IOException {
    Path file = directory.resolve("postgres").resolve("postmaster.pid");
    if (Files.exists(file)) {
      ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  void killLake() throws IOException, InterruptedException {
    lake.close();
    lake = startLake();
    lake.await(":" + lakePort);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    kafka.close();
    killPostmaster();
    database.close();
    lake.close();
  }
}
