package dev.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.testkit.KafkaBroker;
import dev.penstock.testkit.MemoryTable;
import dev.penstock.testkit.NoLeaks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which part of topics is read, and how records are sent.
@NoLeaks
@Timeout(180)
class KafkaTopicTest {
  @BeforeAll
  static void startBroker() {
    KafkaBroker.address(); // which is no leak of the first test
  }

  private static KafkaTopic<String> texts(TestTopic topic) {
    return Kafka.topic(TestTopic.connection(), topic.name(), Kafka.text());
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void reading_begins_at_an_offset_and_ends_after_some_records() throws Exception {
    TestTopic topic = TestTopic.of(1);
    topic.sendTexts(0, numbers(0, 100));
    assertThat(Pipeline.from(texts(topic).fromOffset(90).untilNow()).toList())
        .isEqualTo(numbers(90, 100));
    assertThat(Pipeline.from(texts(topic).untilRecords(7)).toList()).isEqualTo(numbers(0, 7));
    assertThat(Pipeline.from(texts(topic).fromLatest().untilNow()).toList()).isEmpty();
  }

  @Test
  void reading_begins_and_ends_at_a_time() throws Exception {
    TestTopic topic = TestTopic.of(1);
    topic.sendTexts(0, numbers(0, 5));
    Instant then = later(topic, 4);
    topic.sendTexts(0, numbers(5, 9));
    assertThat(Pipeline.from(texts(topic).untilTime(then)).toList()).isEqualTo(numbers(0, 5));
    assertThat(Pipeline.from(texts(topic).fromTime(then).untilNow()).toList())
        .isEqualTo(numbers(5, 9));
    Instant future = Instant.now().plusSeconds(1_000);
    assertThat(Pipeline.from(texts(topic).untilTime(future)).toList()).isEqualTo(numbers(0, 9));
  }

  /// The moment after the record of this offset, when it has come.
  private static Instant later(TestTopic topic, long offset) {
    Instant at =
        Pipeline.from(texts(topic).fromOffset(offset).records(Kafka.text()).untilNow())
            .toList()
            .getFirst()
            .timestamp();
    Instant later = at.plusMillis(1);
    while (!Instant.now().isAfter(later)) {
      Thread.onSpinWait();
    }
    return later;
  }

  @Test
  void several_topics_are_read_by_name_and_by_pattern() throws Exception {
    TestTopic one = TestTopic.of(1);
    TestTopic two = TestTopic.of(2);
    one.sendTexts(0, List.of("a"));
    two.sendTexts(1, List.of("b"));
    assertThat(
            Pipeline.from(
                    Kafka.topics(
                            TestTopic.connection(), List.of(one.name(), two.name()), Kafka.text())
                        .untilNow())
                .toList())
        .containsExactlyInAnyOrder("a", "b");
    Pattern either = Pattern.compile(one.name() + "|" + two.name());
    assertThat(
            Pipeline.from(Kafka.topics(TestTopic.connection(), either, Kafka.text()).untilNow())
                .toList())
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void records_are_sent_with_key_partition_and_headers_and_read_with_them() throws Exception {
    TestTopic topic = TestTopic.of(3);
    Instant before = Instant.now().minusSeconds(1);
    Pipeline.of("apple", "pear")
        .to(
            texts(topic)
                .key(text -> text.equals("pear") ? null : "the " + text)
                .partition(String::length)
                .partition(text -> text.length() % 3)
                .headers(text -> List.of(KafkaHeader.of("from", "a test"))))
        .run();
    List<KafkaRecord<String, String>> records =
        Pipeline.from(texts(topic).records(Kafka.text()).untilNow()).toList();
    KafkaRecord<String, String> apple =
        records.stream().filter(r -> "apple".equals(r.value())).findFirst().orElseThrow();
    assertThat(apple.timestamp()).isBetween(before, Instant.now());
    assertThat(apple)
        .isEqualTo(
            new KafkaRecord<>(
                topic.name(),
                2,
                0,
                apple.timestamp(),
                "the apple",
                "apple",
                List.of(KafkaHeader.of("from", "a test"))));
    assertThat(records)
        .filteredOn(r -> "pear".equals(r.value()))
        .allSatisfy(pear -> assertThat(pear.key()).isNull());
  }

  @Test
  void records_of_one_key_go_to_one_partition() throws Exception {
    TestTopic topic = TestTopic.of(4);
    Pipeline.over(numbers(0, 100)).to(texts(topic).key(n -> "" + Integer.parseInt(n) % 5)).run();
    Map<String, List<Integer>> partitions =
        Pipeline.from(texts(topic).records(Kafka.text()).untilNow()).toList().stream()
            .collect(
                Collectors.groupingBy(
                    r -> Objects.requireNonNull(r.key()),
                    Collectors.mapping(KafkaRecord::partition, Collectors.toList())));
    assertThat(partitions).hasSize(5);
    assertThat(partitions.values()).allSatisfy(of -> assertThat(of.stream().distinct()).hasSize(1));
  }

  @Test
  void a_record_that_the_broker_refuses_goes_to_the_dead_letters_and_the_others_stay()
      throws Exception {
    TestTopic topic = TestTopic.of(1);
    String large = "x".repeat(2_000_000);
    MemoryTable<DeadLetter> dead = new MemoryTable<>("dead");
    long out = Pipeline.of("a", large, "b").to(texts(topic)).deadLetter(dead).run().out();
    assertThat(out).isEqualTo(2);
    assertThat(Pipeline.from(texts(topic).untilNow()).toList()).containsExactly("a", "b");
    assertThat(dead.content())
        .singleElement()
        .satisfies(letter -> assertThat(letter.record()).isEqualTo(large));
    RunnablePipeline without = Pipeline.of("a", large).to(texts(topic));
    assertThatThrownBy(without::run)
        .isInstanceOf(UndeliverableRecord.class)
        .hasMessageContaining("topic \"" + topic.name() + "\" refused the record");
  }

  @Test
  void dead_letters_in_a_topic_say_where_the_record_stood() throws Exception {
    TestTopic in = TestTopic.of(2);
    TestTopic dead = TestTopic.of(1);
    in.sendTexts(1, List.of("1", "one", "3"));
    KafkaTopic<DeadLetter> letters =
        Kafka.topic(TestTopic.connection(), dead.name(), DeadLetter.class);
    List<Integer> numbers =
        Pipeline.from(texts(in).records(Kafka.text()).untilNow())
            .map(
                record -> Integer.parseInt(record.value()),
                Steps.retry(Retry.times(1).every(Duration.ofMillis(1))))
            .catching(NumberFormatException.class)
            .deadLetter(letters)
            .toList();
    assertThat(numbers).containsExactly(1, 3);
    assertThat(Pipeline.from(letters.untilNow()).toList())
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.error()).isEqualTo(NumberFormatException.class.getName());
          assertThat(letter.message()).contains("\"one\"");
          assertThat(letter.attempts()).isEqualTo(2);
          assertThat(letter.step()).startsWith("map(");
          assertThat(letter.split()).startsWith(in.name() + "/1/");
          assertThat(letter.position()).isEqualTo("offset=1");
          assertThat(letter.record())
              .startsWith("KafkaRecord[topic=%s, partition=1, offset=1,".formatted(in.name()));
        });
  }

  @Test
  void a_topic_is_made_where_that_is_asked_for() throws Exception {
    TestTopic topic = new TestTopic(KafkaBroker.newTopic("made"));
    for (int i = 0; i < 2; i++) {
      Pipeline.of("a").to(texts(topic).sink().create(2)).run();
    }
    assertThat(texts(topic).untilNow().discover()).hasSize(2);
    assertThat(Pipeline.from(texts(topic).untilNow()).toList()).containsExactly("a", "a");
  }

  @Test
  void what_cannot_be_decoded_is_a_failure_of_its_record() throws Exception {
    record Count(int count) {}
    TestTopic topic = TestTopic.of(1);
    topic.send(0, List.of("{\"count\":1}".getBytes(StandardCharsets.UTF_8), new byte[] {0, 1}));
    assertThatThrownBy(() ->
            Pipeline.from(Kafka.topic(TestTopic.connection(), topic.name(), Count.class).untilNow())
                .toList())
        .isInstanceOfSatisfying(
            UndecodableRecord.class,
            e -> {
              assertThat(e)
                  .hasMessageStartingWith(
                      "topic \"%s\", partition 0, offset 1: ".formatted(topic.name()));
              assertThat(e.offset()).isEqualTo(1);
            });
  }

  @Test
  void messages_that_change_their_shape_are_read_or_told_one_by_one() throws Exception {
    record Order(long id, String customer, int pieces) {}
    TestTopic topic = TestTopic.of(1);
    topic.sendTexts(
        0,
        List.of(
            "{\"id\":1,\"customer\":\"ana\",\"pieces\":2}",
            "{\"id\":2,\"customer\":\"ben\",\"pieces\":3,\"color\":{\"name\":\"red\"}}", // a new
            // field
            "{\"id\":3,\"pieces\":4}", // one less, that may be null
            "{\"id\":4,\"customer\":\"dan\"}", // one less, that must not
            "{\"id\":\"five\",\"customer\":\"eve\",\"pieces\":5}", // another type
            "{\"id\":6,\"customer\":{\"name\":\"fay\"},\"pieces\":6}",
            "{\"id\":7,\"customer\":\"gus\",\"pieces\":7.5}",
            "{\"id\":8,\"customer\":\"hal\",\"pieces\":8}"));
    MemoryTable<DeadLetter> dead = new MemoryTable<>("dead");
    List<Order> orders =
        Pipeline.from(Kafka.topic(TestTopic.connection(), topic.name(), Order.class).untilNow())
            .catching(UndecodableRecord.class)
            .deadLetter(dead)
            .toList();
    assertThat(orders)
        .containsExactly(
            new Order(1, "ana", 2),
            new Order(2, "ben", 3),
            new Order(3, null, 4),
            new Order(8, "hal", 8));
    String where = "topic \"" + topic.name() + "\", partition 0, offset ";
    assertThat(dead.content())
        .extracting(DeadLetter::position, DeadLetter::message)
        .containsExactly(
            tuple("offset=3", where + "3: field \"pieces\": it is missing, wanted int"),
            tuple("offset=4", where + "4: field \"id\": \"five\" is not a long"),
            tuple(
                "offset=5",
                where + "5: field \"customer\": an object is not a value of type string"),
            tuple("offset=6", where + "6: field \"pieces\": \"7.5\" is not an int"));
  }

  @Test
  void formats_of_ones_own_are_functions() throws Exception {
    TestTopic topic = TestTopic.of(1);
    KafkaFormat<Integer> numbers =
        Kafka.format(bytes -> (int) bytes[0], number -> new byte[] {number.byteValue()});
    KafkaTopic<Integer> own = Kafka.topic(TestTopic.connection(), topic.name(), numbers);
    Pipeline.of(1, 2, 3).to(own).run();
    assertThat(Pipeline.from(own.untilNow()).toList()).containsExactly(1, 2, 3);
  }

  @Test
  void from_topic_to_topic_a_group_writes_at_least_once_and_goes_on() throws Exception {
    TestTopic in = TestTopic.of(2);
    TestTopic out = TestTopic.of(1);
    in.sendTexts(0, numbers(0, 50));
    in.sendTexts(1, numbers(50, 100));
    RunnablePipeline copy =
        Pipeline.from(texts(in).group(in.name()))
            .map(text -> text + "!")
            .to(texts(out))
            .resumable("copy", Steps.commitEvery(1_000, Steps.within(Duration.ofMillis(100))));
    assertThat(copy.explain()).contains("at least once");
    for (int round = 1; round <= 2; round++) {
      int all = round * 100;
      try (Member member = Member.start(copy)) {
        member.await(() -> sum(in.offsets(in.name())) == all);
      }
      if (round == 1) {
        in.sendTexts(0, numbers(100, 200));
      }
    }
    assertThat(Pipeline.from(texts(out).untilNow()).toList())
        .containsExactlyInAnyOrderElementsOf(
            numbers(0, 200).stream().map(text -> text + "!").toList());
  }

  private static long sum(Map<Integer, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void a_group_and_an_end_contradict_each_other() {
    KafkaTopic<String> topic = Kafka.topic(TestTopic.connection(), "any", Kafka.text());
    assertThatThrownBy(() -> topic.group("g").untilNow())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "group \"g\" reads without end, as its partitions come and go: leave either group(…) or until…(…) away");
  }
}
