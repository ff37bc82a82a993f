package dev.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.FaultProxy;
import dev.penstock.testkit.KafkaBroker;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A broker behind lines that are late and slow, and cut wherever a message is just then.
@Timeout(180)
class KafkaNetworkTest {
  private static final int MESSAGES = 3_000;
  private static final int CUTS = 3;

  @Test
  void each_message_is_read_and_written_once() throws Exception {
    TestTopic in = TestTopic.of(2);
    TestTopic out = TestTopic.of(2);
    for (int partition = 0; partition < 2; partition++) {
      in.sendTexts(
          partition,
          IntStream.iterate(partition, id -> id < MESSAGES, id -> id + 2)
              .mapToObj(Integer::toString)
              .toList());
    }
    try (FaultProxy proxy =
            KafkaBroker.proxy()
                .delay(Duration.ofMillis(1))
                .throttle(20_000_000)
                .cutEvery(50_000, CUTS);
        Committed seen = new Committed(out)) {
      String url = "kafka://127.0.0.1:" + proxy.port();
      TopicCopy copy =
          new TopicCopy(
              url + "?heartbeat.interval.ms=200&session.timeout.ms=10000",
              url,
              in.name(),
              out.name());
      try (Member member = Member.start(copy.pipeline())) {
        member.await(() -> seen.size() == MESSAGES);
      }
      assertThat(seen.twice()).isEmpty();
      assertThat(proxy.cuts()).isEqualTo(CUTS);
    }
  }
}
