package dev.penstock.http;

import static dev.penstock.http.ApiServer.answer;
import static dev.penstock.http.ApiServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.DataSize;
import dev.penstock.data.JsonValue;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.Commit;
import dev.penstock.pipeline.plan.Rate;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.testkit.MemoryTable;
import dev.penstock.testkit.NoLeaks;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Pages of an API: how they follow each other, what is asked for again, and what goes wrong.
@NoLeaks
@Timeout(180)
class HttpPagesTest extends ApiTest {
  record User(long id, Instant updatedAt) {}

  private static final Retry SOON = Retry.times(3).every(Duration.ofMillis(1));

  private static String users(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"id\":%d,\"updated_at\":\"2026-01-01T00:00:%02dZ\"}".formatted(i, i))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private HttpSource<Page> pages() {
    return Http.pages(server.url("/users")).retry(SOON);
  }

  private static List<Long> ids(HttpSource<Page> pages) {
    return Pipeline.from(pages.items(User.class)).map(User::id).toList();
  }

  private static List<Long> upTo(long end) {
    return IntStream.range(0, (int) end).mapToObj(Long::valueOf).toList();
  }

  private static void assertFails(HttpSource<Page> pages, String... message) {
    assertThatThrownBy(() -> Pipeline.from(pages).run())
        .isInstanceOf(HttpFailed.class)
        .hasMessageContainingAll(message);
  }

  @Test
  void pagesByNumberEndWithTheFirstEmptyOne() {
    server.then(json(users(0, 3))).then(json(users(3, 6))).then(json(users(6, 7)));
    assertThat(ids(pages().pageParameter("page").parameter("per_page", "3"))).isEqualTo(upTo(7));
    assertThat(server.asked)
        .extracting(a -> a.query().get("page"))
        .containsExactly("1", "2", "3", "4");
    assertThat(server.asked).allMatch(a -> "3".equals(a.query().get("per_page")));
  }

  @Test
  void offsetsCountTheItemsThatCame() {
    server.then(json(users(0, 3))).then(json(users(3, 5)));
    assertThat(ids(pages().offsetParameter("skip"))).isEqualTo(upTo(5));
    assertThat(server.asked).extracting(a -> a.query().get("skip")).containsExactly("0", "3", "5");
  }

  @Test
  void cursorsAreRepeatedAsTheyWere() {
    server
        .then(json("{\"data\":%s,\"meta\":{\"next\":\"a b&c\"}}".formatted(users(0, 2))))
        .then(json("{\"data\":%s,\"meta\":{\"next\":17}}".formatted(users(2, 3))))
        .then(json("{\"data\":%s,\"meta\":{\"next\":null}}".formatted(users(3, 4))));
    assertThat(ids(pages().cursorAt("/meta/next", "cursor").itemsAt("/data"))).isEqualTo(upTo(4));
    assertThat(server.asked)
        .extracting(a -> a.query().get("cursor"))
        .containsExactly(null, "a b&c", "17");
  }

  @Test
  void linksInTheBodyMayBeRelative() {
    server
        .then(json("{\"data\":%s,\"next\":\"/more?from=2\"}".formatted(users(0, 2))))
        .then(json("{\"data\":%s,\"next\":\"%s\"}".formatted(users(2, 3), server.url("/last"))))
        .then(json("{\"data\":%s}".formatted(users(3, 4))));
    assertThat(ids(pages().nextLinkAt("/next").itemsAt("/data"))).isEqualTo(upTo(4));
    assertThat(server.asked)
        .extracting(ApiServer.Asked::path)
        .containsExactly("/users", "/more", "/last");
  }

  @Test
  void linksInTheHeaderAreFoundAmongOthers() {
    String links =
        "<%s>; rel=\"prev\", <%s>; title=\"a, b\"; rel=\"last next\""
            .formatted(server.url("/users?page=0"), server.url("/users?page=2"));
    server
        .then(json(users(0, 2), "Link", links))
        .then(json(users(2, 3), "Link", "</x>; rel=first"));
    assertThat(ids(pages().linkHeader())).isEqualTo(upTo(3));
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void pagesAreRecordsToo() {
    server.then(json("{\"total\":3,\"data\":" + users(0, 3) + "}"));
    List<Page> pages = Pipeline.from(pages().itemsAt("/data")).toList();
    assertThat(pages)
        .singleElement()
        .satisfies(page -> {
          assertThat(page.items()).extracting(item -> item.longInteger("/id")).isEqualTo(upTo(3));
          assertThat(page.answer().json().integer("/total")).isEqualTo(3);
          assertThat(page.url()).isEqualTo(server.url("/users"));
        });
  }

  @Test
  void aBadLineIsTheFailureOfItsRecord() {
    server.then(
        json("{\"id\":0}\n\nrubbish\n{\"id\":2}\n", "Content-Type", "application/x-ndjson"));
    List<String> failures = new ArrayList<>();
    List<JsonValue> items =
        Pipeline.from(pages().lines().items())
            .catching(BadItem.class)
            .onFailure(f -> failures.add(f.cause().getMessage()))
            .skip()
            .toList();
    assertThat(items).extracting(item -> item.longInteger("/id")).containsExactly(0L, 2L);
    assertThat(failures)
        .singleElement()
        .asString()
        .startsWith("item 1 of the page " + server.url("/users") + ": not JSON");
  }

  @Test
  void anItemOfWrongTypesIsTheFailureOfItsRecord() {
    server.then(
        json("[{\"id\":0,\"updated_at\":\"2026-01-01T00:00:00Z\"},{\"id\":\"x\"},{\"id\":2}]"));
    List<User> users =
        Pipeline.from(pages().items(User.class)).catching(BadItem.class).skip().toList();
    assertThat(users).extracting(User::id).containsExactly(0L, 2L);
  }

  @Test
  void aRunGoesOnWithinAPage() {
    server.always((exchange, asked) -> {
      int page = Integer.parseInt(asked.query().get("page"));
      ApiServer.send(exchange, 200, users(page * 10, page < 3 ? page * 10 + 10 : 30).getBytes());
    });
    MemoryTable<Long> table = new MemoryTable<>("users");
    List<Long> given = new ArrayList<>();
    Pipeline<Long> users =
        Pipeline.from(pages().pageParameter("page", 0).items(User.class))
            .map(User::id)
            .tap(id -> {
              given.add(id);
              if (id == 17 && given.size() == 18) {
                throw new IllegalStateException("killed");
              }
            });
    var resumable = users.to(table).resumable("users", new Commit(5, Duration.ofHours(1)));
    assertThatThrownBy(resumable::run).hasMessage("killed");
    server.asked.clear();
    resumable.run();
    assertThat(table.content()).isEqualTo(upTo(30));
    assertThat(server.asked).extracting(a -> a.query().get("page")).containsExactly("1", "2", "3");
  }

  @Test
  void onlyWhatIsNewIsAskedForAndTheOverlap() {
    server.then(json(users(0, 10)));
    MemoryTable<Long> table = new MemoryTable<>("users");
    HttpSource<User> source =
        pages()
            .linkHeader()
            .since("updated_after", "/updated_at", Instant.parse("2025-01-01T00:00:00Z"))
            .overlap(Duration.ofSeconds(3))
            .items(User.class);
    var run = Pipeline.from(source).map(User::id).to(table).resumable("users");
    run.run();
    server.then(json(users(6, 12)));
    run.run();
    server.then(json("[]"));
    run.run();
    assertThat(server.asked)
        .extracting(a -> a.query().get("updated_after"))
        .containsExactly("2025-01-01T00:00:00Z", "2026-01-01T00:00:06Z", "2026-01-01T00:00:08Z");
    assertThat(table.content()).hasSize(16).containsAll(upTo(12));
  }

  @Test
  void aRoundThatWasBrokenOffIsReadToItsEndByItsOwnBound() {
    server
        .then(json(users(5, 7), "Link", "</users?since=0&page=2>; rel=next"))
        .then(answer(400, ""));
    MemoryTable<Long> table = new MemoryTable<>("users");
    HttpSource<JsonValue> source = pages().linkHeader().since("since", "/id", 0).overlap(1).items();
    var run =
        Pipeline.from(source)
            .map(item -> item.longInteger("/id"))
            .to(table)
            .resumable("users", new Commit(1, Duration.ofHours(1)));
    assertThatThrownBy(run::run).isInstanceOf(HttpFailed.class);
    server.asked.clear();
    server.then(json(users(0, 2))).then(json(users(6, 9)));
    run.run();
    assertThat(server.asked).extracting(a -> a.query().get("since")).endsWith("0", "5").hasSize(2);
  }

  @Test
  void anItemFarAheadOfTheServersClockIsRefused() {
    server.then(json("[{\"id\":1,\"updated_at\":\"2099-01-01T00:00:00Z\"}]"));
    HttpSource<User> source =
        pages().since("after", "/updated_at", Instant.EPOCH).items(User.class);
    assertThatThrownBy(() -> Pipeline.from(source).run())
        .isInstanceOf(BadItem.class)
        .hasMessageContaining("is 2099-01-01T00:00:00Z, far ahead of the server's clock");
  }

  @Test
  void itIsTheServersClockThatCountsForRetryAfter() {
    Map<String, List<String>> headers =
        Map.of(
            "Date", List.of("Thu, 01 Jan 2099 00:00:00 GMT"),
            "Retry-After", List.of("Thu, 01 Jan 2099 00:00:07 GMT"));
    assertThat(RetryAfterHeader.of(HttpHeaders.of(headers, (_, _) -> true)))
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void whatPassesIsAskedForAgainAndARestIsNot() {
    server.then(answer(503, "")).then(answer(429, "", "Retry-After", "0")).then(json(users(0, 1)));
    assertThat(ids(pages())).isEqualTo(upTo(1));
    server.always(answer(503, "down"));
    assertFails(
        pages(), "GET " + server.url("/users") + ": the server answers 503: down, after 4 tries");
    server.asked.clear();
    server.always(answer(404, "{\"error\":\"no\nsuch thing\"}"));
    assertFails(pages(), "the server answers 404: {\"error\":\"no such thing\"}");
    server.always(answer(429, "", "Retry-After", "3600"));
    assertFails(pages(), "429 and asks to wait 3600 s");
  }

  @Test
  void pagesThatNeverEndAreFoundOut() {
    server.always(json(users(0, 3)));
    assertFails(
        pages().pageParameter("p"), "holds exactly what the one before held", "would never end");
    server.always((exchange, asked) -> {
      int page = Integer.parseInt(asked.query().getOrDefault("page", "1"));
      ApiServer.send(
          exchange,
          200,
          users(0, 1).getBytes(),
          "Link",
          "</users?page=" + (page % 7 + 1) + ">; rel=next");
    });
    assertFails(pages().linkHeader(), "the pages lead in a circle");
  }

  @Test
  void halfABodyIsAskedForAgainAndNeverTaken() {
    server
        .then((exchange, _) -> {
          exchange.sendResponseHeaders(200, 10_000);
          exchange.getResponseBody().write("[{\"id\":1".getBytes());
          exchange.getResponseBody().flush();
        })
        .then(json(users(0, 1)));
    assertThat(ids(pages())).isEqualTo(upTo(1));
  }

  @Test
  void aBodyThatIsCutButSaysThatItIsWholeIsNoJson() {
    server.always(json("[{\"id\":1"));
    assertFails(
        pages(),
        "GET " + server.url("/users") + ": the answer of 8 bytes (application/json) is not JSON");
  }

  @Test
  void aPageOfSomethingElseIsRefused() {
    server.always(json("<html>Log in!</html>", "Content-Type", "text/html"));
    assertFails(pages(), "the answer of 20 bytes (text/html) is not JSON");
    server.always(json("{\"data\":[]}"));
    assertFails(pages(), "has an object at \"\" where its items should be, wanted an array");
    assertFails(pages().itemsAt("/items"), "has nothing at \"/items\"");
    assertFails(pages().itemsAt("/data").nextLinkAt("/data"), "does not say which page is next");
  }

  @Test
  void aPageThatIsTooLargeIsRefusedAlsoPacked() throws Exception {
    HttpSource<Page> small = pages().limit(DataSize.bytes(1_000));
    server.always(json(" ".repeat(2_000) + "[]"));
    assertFails(small, "larger than the limit of 1000B");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write((" ".repeat(100_000) + users(0, 2)).getBytes(StandardCharsets.UTF_8));
    }
    server.always((exchange, _) ->
        ApiServer.send(exchange, 200, packed.toByteArray(), "Content-Encoding", "gzip"));
    assertFails(small, "larger than the limit of 1000B");
    assertThat(ids(pages())).isEqualTo(upTo(2));
    assertThat(server.asked).allMatch(a -> a.header("Accept-Encoding").equals("gzip"));
    server.always(json("[]", "Content-Encoding", "br"));
    assertFails(pages(), "is packed by \"br\", wanted gzip");
  }

  @Test
  void aServerThatFallsSilentIsLeft() {
    CountDownLatch end = new CountDownLatch(1);
    server.always((exchange, _) -> {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write('[');
      exchange.getResponseBody().flush();
      end.await();
    });
    HttpSource<Page> impatient =
        pages().timeout(Duration.ofMillis(150)).retry(SOON.when(_ -> false));
    assertFails(impatient, "the whole answer did not come within 150 ms");
    end.countDown();
  }

  @Test
  void nobodyThereIsSaid() {
    String url = server.url("/users");
    server.close();
    assertFails(
        Http.pages(url).retry(SOON),
        "GET " + url + ": nobody answers at 127.0.0.1:" + server.port());
  }

  @Test
  void linksToAnotherServerAreNotFollowed() throws Exception {
    try (ApiServer other = new ApiServer()) {
      server.always(json(users(0, 1), "Link", "<" + other.url("/") + ">; rel=next"));
      assertFails(pages().linkHeader(), "on another server, which must not be told the secrets");
      server.always(answer(302, "", "Location", other.url("/x")));
      assertFails(pages(), "it has moved to " + other.url("/x") + "; name that place");
      assertThat(other.asked).isEmpty();
    }
  }

  @Test
  void aRateIsOfTheHostWhoeverAsks() {
    Rate rate = Rate.of(20, Duration.ofSeconds(1));
    server.always((exchange, asked) ->
        ApiServer.send(
            exchange,
            200,
            (Integer.parseInt(asked.query().get("p")) < 4
                    ? users(0, Integer.parseInt(asked.query().get("p")))
                    : "[]")
                .getBytes()));
    long start = System.nanoTime();
    for (int i = 0; i < 2; i++) {
      ids(pages().pageParameter("p").rate(rate));
    }
    assertThat(server.asked).hasSize(8);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(340));
  }
}
