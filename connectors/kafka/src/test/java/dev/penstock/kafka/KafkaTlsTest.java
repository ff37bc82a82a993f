package dev.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.KafkaBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A real broker over TLS, with a login by SCRAM: records come through, and what is wrong is told.
@Timeout(180)
class KafkaTlsTest {
  private static KafkaTopic<String> topic(String url) {
    return Kafka.topic(new ConnectionName(url), "secured", Kafka.text());
  }

  @Test
  void records_come_through_and_what_is_wrong_is_told() throws Exception {
    KafkaBroker.Secured broker = KafkaBroker.secured();
    String user = "kafka://" + KafkaBroker.USER + ":";
    String host = "@" + broker.address() + "?sasl.mechanism=SCRAM-SHA-512";
    String trusted =
        "&ssl.truststore.location=%s&ssl.truststore.password=%s"
            .formatted(broker.keys().truststore(), broker.keys().password());
    String soon = "&default.api.timeout.ms=5000&request.timeout.ms=2000";
    String url = user + KafkaBroker.PASSWORD + host + trusted;

    Pipeline.of("a", "b").to(topic(url).sink().create(1)).run();
    assertThat(Pipeline.from(topic(url).untilNow()).toList()).containsExactly("a", "b");

    KafkaTopic<String> wrong = topic(user + "pass-word-8" + host + trusted + soon);
    Throwable refused = catchThrowable(() -> Pipeline.from(wrong.untilNow()).toList());
    assertThat(refused)
        .isInstanceOf(KafkaFailure.class)
        .hasMessageContaining("the login was refused; look at its user, password");
    StringWriter all = new StringWriter();
    refused.printStackTrace(new PrintWriter(all));
    assertThat(all.toString() + wrong.describe())
        .doesNotContain("pass-word-8", broker.keys().password());

    KafkaTopic<String> untrusting = topic(user + KafkaBroker.PASSWORD + host + soon);
    assertThatThrownBy(() -> Pipeline.from(untrusting.untilNow()).toList())
        .isInstanceOf(KafkaFailure.class)
        .hasMessageContaining("look at ssl.truststore.location (none)");

    KafkaTopic<String> plain =
        topic(
            "kafka://" + broker.address() + "?default.api.timeout.ms=2000&request.timeout.ms=900");
    assertThatThrownBy(() -> Pipeline.from(plain.untilNow()).toList())
        .isInstanceOf(KafkaFailure.class)
        .hasMessageContaining("security.protocol (PLAINTEXT)");
  }
}
