package dev.penstock.benchmarks.load;

import dev.penstock.data.ConnectionName;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.ReadableObject;
import dev.penstock.objects.StoreLocation;
import dev.penstock.objects.Upload;
import dev.penstock.testkit.s3.S3Server;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Writes and reads an object of 64 MB beside the client of AWS alone: `S3Objects ROUNDS`. The
/// server and both sides of a round run in this process, in turn.
public final class S3Objects {
  private static final int OBJECT = 64_000_000;

  private final S3Server server = S3Server.start("key", "secret", 1_000);
  private final StoreLocation lake;
  private final S3Client client;
  private final byte[] content = new byte[OBJECT];

  private S3Objects() {
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

  public static void main(String[] args) throws Exception {
    new S3Objects().run(Integer.parseInt(args[0]));
    System.exit(0);
  }

  private void run(int rounds) throws Exception {
    Figures figures = new Figures();
    for (int round = 0; round < rounds; round++) {
      figures.time("the client alone, write", OBJECT, this::putAlone);
      figures.time("penstock, write", OBJECT, this::upload);
      figures.time("the client alone, read", OBJECT, this::getAlone);
      figures.time("penstock, read", OBJECT, this::read);
    }
    figures.print("64 MB on S3, bytes", OBJECT);
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
}
