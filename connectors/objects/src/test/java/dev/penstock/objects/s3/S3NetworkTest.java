package dev.penstock.objects.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.JsonLines;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.testkit.FaultProxy;
import dev.penstock.testkit.MemorySource;
import dev.penstock.testkit.Restarts;
import dev.penstock.testkit.TestRecords.Item;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A bucket behind lines that are late and slow, and cut wherever a request is just then.
@Timeout(120)
class S3NetworkTest {
  private static final int CUTS = 6;

  @Test
  void each_record_is_in_one_object_and_is_read_once() throws Exception {
    List<Item> items = Item.list(4_000);
    StoreLocation bucket = TestServer.newBucket();
    String url = TestServer.shared().url();
    int port = Integer.parseInt(TestServer.shared().address().split(":")[1]);
    try (FaultProxy proxy =
        FaultProxy.to(port)
            .delay(Duration.ofMillis(1))
            .throttle(20_000_000)
            .cutEvery(30_000, CUTS)) {
      StoreLocation faulty =
          ObjectStore.s3(bucket.bucket())
              .by(new ConnectionName(url.replace(":" + port, ":" + proxy.port())));
      Restarts.untilDone(
          Pipeline.from(MemorySource.of(items))
              .to(JsonLines.files(Item.class, faulty.at("items")).roll(400))
              .resumable("lines", Steps.commitEvery(400, Steps.within(Duration.ofSeconds(5)))));
      assertThat(proxy.cuts()).isEqualTo(CUTS);
      proxy.cutEvery(60_000, 3);
      Restarts.untilDone(
          Pipeline.from(JsonLines.read(faulty.at("items/*.jsonl"), Item.class))
              .to(JsonLines.files(Item.class, bucket.at("copy")))
              .resumable("copy", Steps.commitEvery(400, Steps.within(Duration.ofSeconds(5)))));
      assertThat(proxy.cuts()).isEqualTo(CUTS + 3);
    }
    for (String directory : List.of("items", "copy")) {
      assertThat(
              Pipeline.from(JsonLines.read(bucket.at(directory + "/*.jsonl"), Item.class)).toList())
          .containsExactlyInAnyOrderElementsOf(items);
    }
    assertThat(TestServer.shared().unfinished(bucket.bucket())).isZero();
  }
}
