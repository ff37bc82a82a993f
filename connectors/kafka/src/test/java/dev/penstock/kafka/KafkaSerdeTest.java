package dev.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.testkit.MemoryTable;
import dev.penstock.testkit.NoLeaks;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Values by the serializers and deserializers of a schema registry's client.
@NoLeaks
@Timeout(180)
class KafkaSerdeTest {
  private static final Schema ORDER =
      SchemaBuilder.record("Order").fields().requiredLong("id").requiredString("who").endRecord();
  private static final Schema COLORED =
      SchemaBuilder.record("Order")
          .fields()
          .requiredLong("id")
          .requiredString("color")
          .requiredString("who")
          .endRecord();

  private TestRegistry registry;
  private RegistrySerde<GenericRecord> avro;
  private TestTopic topic;

  /// The broker is no leak of a test, nor what it opens for the first transaction.
  @BeforeAll
  static void startBroker() throws Exception {
    KafkaTopic<String> first =
        Kafka.topic(TestTopic.connection(), TestTopic.of(1).name(), Kafka.text());
    Pipeline.of("first").to(first.transactional()).run();
    TestTopic.awaitCompletedTransactions();
  }

  @BeforeEach
  void startRegistry() throws Exception {
    registry = new TestRegistry();
    avro = RegistrySerde.of(registry, new RegistrySerde.Avro(ORDER));
    topic = TestTopic.of(1);
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
    assertThat(registry.clients()).isZero();
  }

  private KafkaTopic<GenericRecord> orders(RegistrySerde<GenericRecord> serde) {
    return Kafka.topic(TestTopic.connection(), topic.name(), serde.format(GenericRecord.class));
  }

  private static GenericRecord order(long id, String who) {
    GenericRecord order = new GenericData.Record(ORDER);
    order.put("id", id);
    order.put("who", who);
    return order;
  }

  private static GenericRecord colored(long id, String color, String who) {
    GenericRecord order = new GenericData.Record(COLORED);
    order.put("id", id);
    order.put("color", color);
    order.put("who", who);
    return order;
  }

  @Test
  void avro_of_a_newer_schema_is_read_by_the_older_one() throws Exception {
    Pipeline.of(order(1, "ana"), colored(2, "red", "ben"), order(3, "cat")).to(orders(avro)).run();
    Pipeline.of(colored(4, "blue", "dan")).to(orders(avro.withIdsInHeaders())).run();
    assertThat(Pipeline.from(orders(avro).records(Kafka.text()).untilNow()).toList())
        .extracting(record -> record.value() + " " + record.headers().size())
        .containsExactly(
            "{\"id\": 1, \"who\": \"ana\"} 0",
            "{\"id\": 2, \"who\": \"ben\"} 0",
            "{\"id\": 3, \"who\": \"cat\"} 0",
            "{\"id\": 4, \"who\": \"dan\"} 1");
    String versions = "POST /subjects/" + topic.name() + "-value/versions";
    assertThat(registry.asked())
        .containsExactly(versions, versions, versions, "GET /schemas/ids/1", "GET /schemas/ids/2");
  }

  @Test
  void what_cannot_be_decoded_is_told_record_by_record() throws Exception {
    Pipeline.of(order(1, "ana")).to(orders(avro)).run();
    topic.send(0, List.of(new byte[] {7}, new byte[] {0, 0, 0, 0, 9}, new byte[] {0, 0, 0, 0, 1}));
    Pipeline.of(order(2, "ben")).to(orders(avro)).run();
    MemoryTable<DeadLetter> dead = new MemoryTable<>("dead");
    assertThat(
            Pipeline.from(orders(avro).untilNow())
                .catching(UndecodableRecord.class)
                .deadLetter(dead)
                .toList())
        .containsExactly(order(1, "ana"), order(2, "ben"));
    String where = "topic \"" + topic.name() + "\", partition 0, offset ";
    assertThat(dead.content())
        .extracting(DeadLetter::message)
        .containsExactly(
            where + "1: Unknown magic byte!",
            where + "2: HTTP 404 from /schemas/ids/9",
            where + "3: Error deserializing message for id 1: EOFException");
    KafkaFormat<String> wrong =
        Kafka.serde(
            String.class,
            avro::reading,
            () -> {
              throw new AssertionError("nothing is written");
            });
    assertThatThrownBy(() ->
            Pipeline.from(Kafka.topic(TestTopic.connection(), topic.name(), wrong).untilNow())
                .toList())
        .isInstanceOf(UndecodableRecord.class)
        .hasMessage(
            where
                + "0: the deserializer gives org.apache.avro.generic.GenericData$Record, wanted"
                + " java.lang.String");
  }

  @Test
  void a_record_that_does_not_fit_its_schema_goes_to_the_dead_letters() throws Exception {
    GenericRecord half = new GenericData.Record(ORDER);
    half.put("id", 2L);
    MemoryTable<DeadLetter> dead = new MemoryTable<>("dead");
    Pipeline.of(order(1, "ana"), half, order(3, "cat")).to(orders(avro)).deadLetter(dead).run();
    Pipeline.of(order(4, "dan"), half, order(5, "eve"))
        .to(orders(avro).transactional())
        .deadLetter(dead)
        .run();
    assertThat(Pipeline.from(orders(avro).untilNow()).toList())
        .containsExactly(order(1, "ana"), order(3, "cat"), order(4, "dan"), order(5, "eve"));
    assertThat(dead.content())
        .hasSize(2)
        .allSatisfy(letter ->
            assertThat(letter.message())
                .startsWith(
                    "the record cannot be made for topic \"%s\": schema 1 does not fit: "
                        .formatted(topic.name()))
                .contains("who"));
  }

  @Test
  void a_registry_that_does_not_answer_is_no_failure_of_the_records() throws Exception {
    Pipeline.of(order(1, "ana")).to(orders(avro)).run();
    registry.close();
    MemoryTable<DeadLetter> dead = new MemoryTable<>("dead");
    assertThatThrownBy(() ->
            Pipeline.from(orders(avro).untilNow())
                .catching(UndecodableRecord.class)
                .deadLetter(dead)
                .toList())
        .isInstanceOf(KafkaFailure.class)
        .hasMessageStartingWith(
            "records of topic \"%s\" cannot be read, since the registry of schemas does not answer: cannot get /schemas/ids/1: "
                .formatted(topic.name()));
    assertThatThrownBy(() -> Pipeline.of(order(2, "ben")).to(orders(avro)).deadLetter(dead).run())
        .isInstanceOf(KafkaFailure.class)
        .hasMessageContaining("records for topic \"" + topic.name() + "\" cannot be made");
    assertThat(dead.content()).isEmpty();
  }

  @Test
  void a_deserializer_that_cannot_be_made_fails_the_run_and_leaves_nothing_open() {
    KafkaFormat<GenericRecord> unset =
        Kafka.serde(
            GenericRecord.class,
            () -> {
              throw new IllegalStateException("no registry is set");
            },
            avro::writing);
    assertThatThrownBy(() ->
            Pipeline.from(
                    Kafka.topic(TestTopic.connection(), topic.name(), unset)
                        .records(avro.format(GenericRecord.class))
                        .untilNow())
                .toList())
        .hasStackTraceContaining("no registry is set");
    assertThatThrownBy(() ->
            Pipeline.of(order(1, "ana"))
                .to(Kafka.topic(TestTopic.connection(), topic.name() + "-lost", unset))
                .run())
        .isInstanceOf(KafkaFailure.class);
  }

  @Test
  void messages_of_protobuf_come_as_they_were() throws Exception {
    Struct order =
        Struct.newBuilder()
            .putFields("id", Value.newBuilder().setNumberValue(1).build())
            .putFields("who", Value.newBuilder().setStringValue("ana").build())
            .build();
    KafkaFormat<Struct> format =
        RegistrySerde.of(registry, new RegistrySerde.Protobuf()).format(Struct.class);
    KafkaTopic<Struct> orders = Kafka.topic(TestTopic.connection(), topic.name(), format);
    Pipeline.of(order).to(orders).run();
    topic.send(0, List.of(new byte[] {0, 0, 0, 0, 1, 10, 99}));
    assertThat(Pipeline.from(orders.untilRecords(1)).toList()).containsExactly(order);
    assertThatThrownBy(() -> Pipeline.from(orders.untilNow()).toList())
        .isInstanceOf(UndecodableRecord.class)
        .hasMessageContaining("partition 0, offset 1: Error deserializing message for id 1: ");
  }
}
