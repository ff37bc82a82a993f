package dev.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.ConnectionResolver;
import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Secret;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.testkit.KafkaBroker;
import dev.penstock.testkit.NoLeaks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How clusters are reached and logged in to, and what is said when they are not.
@NoLeaks
@Timeout(180)
class KafkaConnectionTest {
  private static final String SASL =
      "?security.protocol=SASL_PLAINTEXT&default.api.timeout.ms=3000&request.timeout.ms=1500";

  /// Knows one connection, as a store would.
  public static final class Stored implements ConnectionResolver {
    @Override
    public Optional<ConnectionSettings> resolve(String name) {
      return name.equals("stored-kafka")
          ? Optional.of(
              new KafkaConnection(
                      KafkaBroker.saslAddress(),
                      KafkaBroker.USER,
                      Secret.of(KafkaBroker.PASSWORD),
                      null,
                      null,
                      null,
                      Map.of("security.protocol", "SASL_PLAINTEXT"))
                  .connection())
          : Optional.empty();
    }
  }

  @BeforeAll
  static void startBroker() {
    KafkaBroker.address(); // which is no leak of the first test
  }

  private static KafkaTopic<String> topic(String connection, String topic) {
    return Kafka.topic(new ConnectionName(connection), topic, Kafka.text());
  }

  @Test
  void a_stored_connection_logs_in_with_its_secret() throws Exception {
    TestTopic topic = TestTopic.of(1);
    KafkaTopic<String> target = topic("stored-kafka", topic.name());
    Pipeline.of("a").to(target).run();
    assertThat(Pipeline.from(target.untilNow()).toList()).containsExactly("a");
  }

  @Test
  void a_url_logs_in_with_user_and_password() throws Exception {
    TestTopic topic = TestTopic.of(1);
    String url =
        "kafka://%s:%s@%s%s"
            .formatted(KafkaBroker.USER, KafkaBroker.PASSWORD, KafkaBroker.saslAddress(), SASL);
    assertThat(Pipeline.from(topic(url, topic.name()).untilNow()).toList()).isEmpty();
  }

  @Test
  void a_wrong_password_is_told_and_shown_nowhere() {
    String url = "kafka://penstock:pass-word-8@" + KafkaBroker.saslAddress() + SASL;
    KafkaTopic<String> topic = topic(url, "any");
    Throwable failure = catchThrowable(() -> topic.untilNow().discover());
    assertThat(failure)
        .isInstanceOf(KafkaFailure.class)
        .hasMessageContaining("the login was refused; look at its user, password");
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(all.toString() + topic.describe()).doesNotContain("pass-word-8");
  }

  @Test
  void where_no_broker_answers_that_is_told() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    KafkaTopic<String> topic =
        topic(
            "kafka://127.0.0.1:" + nobody + "?default.api.timeout.ms=1000&request.timeout.ms=900",
            "any");
    assertThatThrownBy(() -> Pipeline.from(topic.untilNow()).toList())
        .isInstanceOf(KafkaFailure.class)
        .hasMessageContaining("answers at 127.0.0.1:" + nobody + " within 1 s: is it running,")
        .hasMessageContaining("security.protocol (PLAINTEXT)");
  }

  @Test
  void a_missing_topic_is_told_with_what_was_meant() throws Exception {
    TestTopic rooms = new TestTopic("rooms-v1");
    rooms.make(1, Map.of());
    String where = TestTopic.connection().value();
    assertThatThrownBy(() -> topic(where, "romos-v1").untilNow().discover())
        .isInstanceOf(KafkaFailure.class)
        .hasMessage(
            "there is no topic \"romos-v1\" in %s; did you mean \"rooms-v1\"?; create it, or name one that is there",
            where);
    assertThatThrownBy(() -> Pipeline.of("a").to(topic(where, "romos-v1")).run())
        .isInstanceOf(KafkaFailure.class)
        .hasMessageContaining("there is no topic \"romos-v1\"");
  }

  @Test
  void urls_of_other_systems_are_refused() {
    assertThatThrownBy(() -> topic("jdbc:postgresql://host/db", "any").untilNow().discover())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the URL of connection jdbc:postgresql://host/db must begin with \"kafka://\", such as kafka://host:9092, was jdbc:postgresql://host/db");
  }

  @Test
  void stored_properties_hold_no_secrets() {
    for (String property : List.of("sasl.jaas.config", "ssl.keystore.password")) {
      Map<String, String> properties = Map.of(property, "x");
      assertThatThrownBy(
              () -> new KafkaConnection("host:9092", null, null, null, null, null, properties))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("property \"" + property + "\" holds a secret");
    }
  }
}
