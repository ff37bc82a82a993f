package dev.penstock.benchmarks.load;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.Parquet;
import dev.penstock.kafka.Kafka;
import dev.penstock.kafka.KafkaTopic;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.Upload;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.testkit.KafkaBroker;
import dev.penstock.testkit.s3.S3Server;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Writes and reads an object of 64 MB beside the client of AWS alone, and stores a topic of
/// messages of 100 bytes as Parquet beside a consumer alone: `ToS3 MESSAGES ROUNDS`. The broker,
/// the server of S3 and both sides of a round run in this process, in turn.
public final class ToS3 {
  private static final int OBJECT = 64_000_000;

  private final S3Server server = S3Server.start("key", "secret", 1_000);
  private final String topic = KafkaBroker.newTopic("counts");
  private final ConnectionName kafka = new ConnectionName("kafka://" + KafkaBroker.address());
  private final StoreLocation lake;
  private final S3Client client;
  private final byte[] content = new byte[OBJECT];
  private final long messages;

  private ToS3(long messages) {
    this.messages = messages;
    server.createBucket("lake");
    lake = ObjectStore.s3("lake").by(new ConnectionName(server.url()));
    client =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(URI.create("http://" + server.address()))
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(false))
            .build();
    new Random(1).nextBytes(content);
  }

  /// 100 bytes in JSON.
  record Count(long id, Instant ts, String room, long count, String note) {}

  public static void main(String[] args) throws Exception {
    new ToS3(Long.parseLong(args[0])).run(Integer.parseInt(args[1]));
    System.exit(0); // the broker's threads are no daemons
  }

  private void run(int rounds) throws Exception {
    fill();
    Figures objects = new Figures();
    Figures records = new Figures();
    for (int round = 0; round < rounds; round++) {
      objects.time("the client alone, write", OBJECT, this::putAlone);
      objects.time("penstock, write", OBJECT, this::upload);
      objects.time("the client alone, read", OBJECT, this::getAlone);
      objects.time("penstock, read", OBJECT, this::read);
      records.time("consumer alone", messages, this::consume);
      records.time("penstock, Parquet on S3", messages, () -> store("copy " + System.nanoTime()));
    }
    objects.print("64 MB on S3", OBJECT);
    records.print("Kafka to Parquet on S3", messages);
  }

  private void fill() {
    Instant noon = Instant.parse("2026-11-21T12:00:00Z");
    Pipeline.range(0, messages)
        .map(id ->
            new Count(id, noon.plusMillis(id), "A", id % 10, "some words about it, so and so"))
        .to(topic().sink().create(1))
        .run();
  }

  private KafkaTopic<Count> topic() {
    return Kafka.topic(kafka, topic, Count.class);
  }

  private long putAlone() {
    client.putObject(b -> b.bucket("lake").key("alone"), RequestBody.fromBytes(content));
    return OBJECT;
  }

  private long getAlone() throws Exception {
    try (InputStream in = client.getObject(b -> b.bucket("lake").key("alone"))) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private long upload() throws Exception {
    try (ObjectStore store = ObjectStore.open(lake);
        Upload upload = store.upload("ours")) {
      for (int at = 0; at < OBJECT; at += 64_000) {
        upload.write(content, at, 64_000);
      }
      store.complete(upload.stage());
      return OBJECT;
    }
  }

  private long read() throws Exception {
    try (ReadableObject object = lake.at("ours").read();
        InputStream in = object.stream(0)) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private long consume() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", KafkaBroker.address());
    properties.put("max.poll.records", "4000");
    long read = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (read < messages) {
        read += consumer.poll(Duration.ofMillis(100)).count();
      }
    }
    return read;
  }

  private long store(String name) {
    return Pipeline.from(topic().untilNow())
        .to(
            Parquet.files(Count.class, lake.at(name.replace(' ', '-')))
                .partitionedBy((path, count) -> path.source("rooms").date(count.ts()))
                .roll(200_000, Steps.within(Duration.ofSeconds(30))))
        .resumable(name)
        .run()
        .in();
  }
}
