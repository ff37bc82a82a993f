package dev.penstock.http;

import static dev.penstock.http.ApiServer.answer;
import static dev.penstock.http.ApiServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Json;
import dev.penstock.data.JsonValue;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.pipeline.run.Summary;
import dev.penstock.testkit.MemoryTable;
import dev.penstock.testkit.NoLeaks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Records that are sent to an API: one by one, in batches, many at once, and refused.
@NoLeaks
@Timeout(180)
class HttpTargetTest extends ApiTest {
  record Contact(int id, String name) {}

  private static final Retry SOON = Retry.times(3).every(Duration.ofMillis(1));

  private static Contact contact(int id) {
    return new Contact(id, "n " + id);
  }

  private static List<Contact> contacts(int to) {
    return IntStream.range(0, to).mapToObj(HttpTargetTest::contact).toList();
  }

  private HttpTarget<Contact> target() {
    return Http.post(server.connection(""), "/contacts", Contact.class).retry(SOON);
  }

  private List<String> bodies() {
    return server.asked.stream().map(ApiServer.Asked::body).toList();
  }

  @Test
  void recordsAreSentOneByOneAsJson() {
    Summary summary = Pipeline.over(contacts(2)).to(target().header("X-Tenant", "7")).run();
    assertThat(bodies())
        .containsExactly("{\"id\":0,\"name\":\"n 0\"}", "{\"id\":1,\"name\":\"n 1\"}");
    assertThat(server.asked)
        .allSatisfy(asked -> {
          assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /contacts");
          assertThat(asked.header("Content-Type")).isEqualTo("application/json");
          assertThat(asked.header("X-Tenant")).isEqualTo("7");
        });
    assertThat(summary.out()).isEqualTo(2);
  }

  @Test
  void batchesAreArraysOrLinesOrInAnObject() {
    Pipeline.over(contacts(3)).to(target().batches(2)).run();
    Pipeline.over(contacts(2)).to(target().batches(2).lines()).run();
    Pipeline.over(contacts(1)).to(target().batches(2).in("contacts")).run();
    assertThat(bodies())
        .containsExactly(
            "[{\"id\":0,\"name\":\"n 0\"},{\"id\":1,\"name\":\"n 1\"}]",
            "[{\"id\":2,\"name\":\"n 2\"}]",
            "{\"id\":0,\"name\":\"n 0\"}\n{\"id\":1,\"name\":\"n 1\"}\n",
            "{\"contacts\":[{\"id\":0,\"name\":\"n 0\"}]}");
    assertThat(server.asked.get(2).header("Content-Type")).isEqualTo("application/x-ndjson");
  }

  @Test
  void aFormHasTheFieldsOfARecordAndEachMayHaveItsPlace() {
    Pipeline.of(new Contact(7, "a&b ü"))
        .to(
            Http.put(server.connection(""), "/contacts", Contact.class)
                .path(contact -> "/" + contact.id())
                .form())
        .run();
    assertThat(bodies()).containsExactly("id=7&name=a%26b+%C3%BC");
    assertThat(server.asked.getFirst().path()).isEqualTo("/contacts/7");
    assertThatThrownBy(() -> target().form().batches(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take batches(…) away");
  }

  @Test
  void whatIsTriedAgainHasTheSameKey() {
    server.then(answer(503, "")).then(json("")).then(answer(503, ""));
    Pipeline.over(contacts(2)).to(target().idempotencyKey(c -> "c" + c.id())).run();
    assertThat(server.asked)
        .extracting(a -> a.header("Idempotency-Key"))
        .containsExactly("c0", "c0", "c1", "c1");
    server.asked.clear();
    server.then(answer(503, ""));
    Pipeline.over(contacts(4)).to(target().idempotencyKey(c -> "c" + c.id()).batches(2)).run();
    List<String> keys = server.asked.stream().map(a -> a.header("Idempotency-Key")).toList();
    assertThat(keys).hasSize(3);
    assertThat(keys.get(0)).hasSize(64).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
  }

  @Test
  void ofABatchThatIsRefusedOnlyTheBadRecordsGoToTheDeadLetters() {
    server.always((exchange, asked) -> {
      boolean bad = asked.body().contains("n 3\"") || asked.body().contains("n 8\"");
      ApiServer.send(exchange, bad ? 422 : 200, (bad ? "bad name" : "").getBytes());
    });
    MemoryTable<DeadLetter> letters = new MemoryTable<>("letters");
    Summary summary =
        Pipeline.over(contacts(10))
            .to(target().batches(5).concurrency(2))
            .deadLetter(letters)
            .run();
    assertThat(letters.content())
        .extracting(DeadLetter::record)
        .containsExactlyInAnyOrder(contact(3).toString(), contact(8).toString());
    assertThat(letters.content().getFirst().message()).contains("the server answers 422: bad name");
    assertThat(summary.out()).isEqualTo(8);
  }

  @Test
  void aRecordThatIsRefusedFailsARunWithoutDeadLetters() {
    server.always(answer(422, "no"));
    assertThatThrownBy(() -> Pipeline.over(contacts(5)).to(target()).run())
        .isInstanceOf(RefusedByServer.class)
        .hasMessageContaining("POST " + server.url("/contacts") + ": the server answers 422: no");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void aServerThatWillNotServeFailsTheRunWhateverTheDeadLetters() {
    server.always(answer(403, ""));
    MemoryTable<DeadLetter> letters = new MemoryTable<>("letters");
    assertThatThrownBy(() ->
            Pipeline.over(contacts(50))
                .to(target().batches(5).concurrency(2))
                .deadLetter(letters)
                .run())
        .isInstanceOf(HttpFailed.class)
        .hasMessageContaining("the server answers 403");
    assertThat(letters.content()).isEmpty();
  }

  @Test
  void soManyRequestsAreOnTheirWayAtOnceAndNoMore() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    server.always((exchange, _) -> {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      three.countDown();
      three.await();
      now.decrementAndGet();
      ApiServer.send(exchange, 200, new byte[0]);
    });
    Pipeline.over(contacts(20)).to(target().batches(2).concurrency(3)).run();
    assertThat(most).hasValue(3);
    assertThat(server.asked).hasSize(10);
  }

  @Test
  void asAStepItIsTriedAgainByTheStepWhichWaitsAsTheServerSays() {
    server.then(answer(429, "", "Retry-After", "1")).always(json("{\"id\":17}"));
    long start = System.nanoTime();
    List<Integer> ids =
        Pipeline.over(contacts(3))
            .map(target()::send, Steps.concurrency(2).retry(SOON.when(Http::isPassing)))
            .map(made -> made.json().integer("/id"))
            .toList();
    assertThat(ids).containsExactly(17, 17, 17);
    assertThat(server.asked).hasSize(4);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    assertThatThrownBy(
            () -> {
              server.always(answer(400, "no"));
              Pipeline.over(contacts(3))
                  .batch(3)
                  .tap(target()::sendAll, Steps.retry(SOON.when(Http::isPassing)))
                  .run();
            })
        .isInstanceOf(HttpFailed.class)
        .hasMessageContaining("400: no");
    assertThat(server.asked)
        .hasSize(5)
        .last()
        .extracting(ApiServer.Asked::body)
        .satisfies(body -> assertThat(JsonValue.parse((String) body).elements()).hasSize(3));
  }

  @Test
  void valuesOfAnyShapeCanBeSent() {
    JsonValue value = JsonValue.parse(Json.compact("{\"a\": [1, {\"b\": null}]}"));
    Pipeline.of(value).to(Http.patch(server.connection(""), "/x", JsonValue.class)).run();
    assertThat(bodies()).containsExactly("{\"a\":[1,{\"b\":null}]}");
    assertThat(server.asked.getFirst().method()).isEqualTo("PATCH");
  }
}
