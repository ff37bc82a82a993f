package dev.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.data.BadText;
import dev.penstock.data.DataSize;
import dev.penstock.http.HttpFailed.Reason;
import dev.penstock.pipeline.plan.Retry;
import dev.penstock.testkit.Golden;
import dev.penstock.testkit.NoLeaks;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NoLeaks
@Timeout(180)
class DownloadTest {
  private static final byte[] CONTENT = new byte[300_000];

  static {
    new Random(7).nextBytes(CONTENT);
  }

  @TempDir Path directory;
  private FileServer server;

  /// The first close of a socket in a process makes the JDK open one that it keeps.
  @BeforeAll
  static void warmUp(@TempDir Path directory) throws Exception {
    try (FileServer server = new FileServer(CONTENT)) {
      server.then(server.cutAfter(1));
      Http.fetch(server.url("/x"))
          .to(directory.resolve("x"))
          .retry(Retry.times(3).every(Duration.ofMillis(1)))
          .download();
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new FileServer(CONTENT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Download fetch() {
    return Http.fetch(server.url("/data/trips.parquet"))
        .to(directory.resolve("trips.parquet"))
        .retry(Retry.times(3).every(Duration.ofMillis(1)))
        .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.walk(directory)) {
      return entries
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private HttpFailed failure(Download download) {
    return catchThrowableOfType(HttpFailed.class, download::download);
  }

  private void assertWhole() throws IOException {
    assertThat(directory.resolve("trips.parquet")).hasBinaryContent(CONTENT);
    assertThat(names()).containsExactly("trips.parquet");
  }

  @Test
  void aFileArrivesWholeUnderItsName() throws Exception {
    assertThat(fetch().download()).isEqualTo(directory.resolve("trips.parquet"));
    assertWhole();
  }

  @Test
  void aFileOfUnknownLengthArrives() throws Exception {
    server.then(server.chunked());
    fetch().download();
    assertWhole();
  }

  @Test
  void aLostConnectionIsResumedWhereItBroke() throws Exception {
    server.then(server.cutAfter(100_000)).then(server.cutAfter(50_000));
    fetch().download();
    assertWhole();
    assertThat(server.ranges).containsExactly("null", "bytes=100000-", "bytes=150000-");
  }

  @Test
  void whatHasArrivedIsUsedByTheNextRun() throws Exception {
    Download once = fetch().retry(Retry.times(1).every(Duration.ofMillis(1)));
    server.then(server.cutAfter(100_000)).then(server.cutAfter(50_000));
    assertThat(failure(once).reason()).isEqualTo(Reason.CONNECTION);
    assertThat(names()).containsExactly(".trips.parquet.part", ".trips.parquet.part.json");
    once.download();
    assertWhole();
    assertThat(server.ranges).last().isEqualTo("bytes=150000-");
  }

  @Test
  void aServerThatIgnoresRangesStartsAnew() throws Exception {
    server.then(server.cutAfter(100_000)).then(server.whole());
    fetch().download();
    assertWhole();
  }

  @Test
  void aFileThatChangedBetweenTwoAttemptsStartsAnew() throws Exception {
    server.then(exchange -> {
      exchange.getResponseHeaders().set("ETag", "\"v0\"");
      exchange.sendResponseHeaders(200, CONTENT.length);
      exchange.getResponseBody().write(new byte[100_000]);
    });
    fetch().download();
    assertWhole();
    assertThat(server.ranges).containsExactly("null", "bytes=100000-");
  }

  @Test
  void aRestOfAnotherVersionIsNotPutBehindTheOldPart() throws Exception {
    server
        .then(server.cutAfter(100_000))
        .then(exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"v2\"");
          exchange.getResponseHeaders().set("Content-Range", "bytes 100000-299999/300000");
          exchange.sendResponseHeaders(206, 200_000);
          exchange.getResponseBody().write(new byte[200_000]);
        });
    fetch().download();
    assertWhole();
  }

  @Test
  void aRangeThatBeginsElsewhereIsRefused() throws Exception {
    server
        .then(server.cutAfter(100_000))
        .then(exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"v1\"");
          exchange.getResponseHeaders().set("Content-Range", "bytes 90000-299999/300000");
          exchange.sendResponseHeaders(206, 210_000);
          exchange.getResponseBody().write(CONTENT, 90_000, 210_000);
        });
    fetch().download();
    assertWhole();
  }

  @Test
  void aPartWithoutAnyValidatorIsNotResumed() throws Exception {
    server.then(exchange -> {
      exchange.sendResponseHeaders(200, CONTENT.length);
      exchange.getResponseBody().write(new byte[100_000]);
    });
    fetch().download();
    assertWhole();
    assertThat(server.ranges).containsExactly("null", "null");
  }

  @Test
  void retryAfterIsHonoured() throws Exception {
    server.then(FileServer.status(503, "Retry-After", "1"));
    long start = System.nanoTime();
    fetch().download();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(950));
    assertWhole();
  }

  @Test
  void aWaitOfMoreThanFiveMinutesIsAFailure() {
    server.then(FileServer.status(429, "Retry-After", "3600"));
    assertThat(failure(fetch()).retryAfter()).contains(Duration.ofHours(1));
    assertThat(server.ranges).hasSize(1);
  }

  @Test
  void aPermanentStatusIsNotTriedAgain() throws Exception {
    server.then(FileServer.status(404));
    HttpFailed failed = failure(fetch());
    assertThat(failed.status()).hasValue(404);
    assertThat(server.ranges).hasSize(1);
    assertThat(names()).isEmpty();
  }

  @Test
  void aServerThatAlwaysPromisesMoreThanItSendsFailsInTheEnd() throws Exception {
    for (int i = 0; i < 4; i++) {
      server.then(server.cutAfter(1_000));
    }
    assertThat(failure(fetch()).reason()).isEqualTo(Reason.CONNECTION);
    assertThat(directory.resolve("trips.parquet")).doesNotExist();
  }

  @Test
  void theRightChecksumPassesAndAWrongOneLeavesNothing() throws Exception {
    fetch().sha256(sha256(CONTENT)).download();
    assertWhole();
    Files.delete(directory.resolve("trips.parquet"));
    HttpFailed failed = failure(fetch().sha256("0".repeat(64)));
    assertThat(failed.reason()).isEqualTo(Reason.CHECKSUM);
    assertThat(names()).isEmpty();
  }

  @Test
  void aFileThatIsThereWithTheRightChecksumIsNotFetched() throws Exception {
    fetch().sha256(sha256(CONTENT)).download();
    fetch().sha256(sha256(CONTENT)).download();
    assertThat(server.ranges).hasSize(1);
  }

  @Test
  void aFileThatIsTooLargeIsRefusedWithAndWithoutItsLengthBeingTold() throws Exception {
    Download limited = fetch().limit(DataSize.kibibytes(100));
    assertThat(failure(limited).reason()).isEqualTo(Reason.TOO_LARGE);
    server.then(server.chunked());
    assertThat(failure(limited).reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(server.ranges).hasSize(2);
    assertThat(directory.resolve("trips.parquet")).doesNotExist();
    fetch().limit(new DataSize(CONTENT.length)).download();
    assertWhole();
  }

  @Test
  void aServerThatFallsSilentIsLeftAndResumed() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    server.then(server.stalled(100_000, end));
    fetch().timeouts(Duration.ofSeconds(5), Duration.ofMillis(300)).download();
    end.countDown();
    assertWhole();
    assertThat(server.ranges).containsExactly("null", "bytes=100000-");
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    server
        .then(FileServer.status(302, "Location", "/elsewhere"))
        .then(FileServer.status(307, "Location", server.url("/again")));
    fetch().download();
    assertWhole();
  }

  @Test
  void redirectsInACircleEnd() {
    for (int i = 0; i < 60; i++) {
      server.then(FileServer.status(302, "Location", "/elsewhere"));
    }
    assertThat(failure(fetch())).hasMessageContaining("more than 10 redirects");
  }

  @Test
  void aPasswordGoesToItsOwnServerOnlyAndIsNeverShown() throws Exception {
    try (FileServer other = new FileServer(CONTENT)) {
      server
          .then(FileServer.status(302, "Location", "/same"))
          .then(FileServer.status(302, "Location", other.url("/x")));
      String url = server.url("/a?token=t0ken").replace("http://", "http://me:s3cret@");
      Http.fetch(url).to(directory.resolve("trips.parquet")).download();
      assertThat(server.authorizations).hasSize(2).allMatch(value -> value.startsWith("Basic "));
      assertThat(other.authorizations).containsExactly("null");
      other.then(FileServer.status(404));
      server.then(FileServer.status(302, "Location", other.url("/x")));
      HttpFailed failed = failure(Http.fetch(url).to(directory.resolve("b")));
      assertThat(failed.getMessage()).doesNotContain("s3cret", "t0ken").contains("me:***@");
      assertThat(Http.fetch(url).toString()).doesNotContain("s3cret", "t0ken");
    }
  }

  @Test
  void theCacheAsksWhetherTheFileHasChanged() throws Exception {
    Download cached = Http.fetch(server.url("/data/trips.parquet?x=1")).cache(directory);
    Path first = cached.download();
    assertThat(first).hasFileName("trips.parquet").hasBinaryContent(CONTENT);
    assertThat(cached.download()).isEqualTo(first);
    assertThat(first).hasBinaryContent(CONTENT);
    server.etag = "\"v2\"";
    CONTENT[0]++;
    try {
      assertThat(cached.download()).isEqualTo(first).hasBinaryContent(CONTENT);
    } finally {
      CONTENT[0]--;
    }
  }

  @Test
  void anInterruptEndsTheDownload() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    server.then(exchange -> {
      begun.countDown();
      server.stalled(1_000, end).to(exchange);
    });
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                fetch().download();
              } catch (IOException e) {
                thrown.add(e);
              }
            });
    begun.await();
    thread.interrupt();
    thread.join();
    end.countDown();
    assertThat(thrown).singleElement().isInstanceOf(InterruptedIOException.class);
    assertThat(directory.resolve("trips.parquet")).doesNotExist();
  }

  @Test
  void twoDownloadsToOnePlaceWaitForEachOther() throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  fetch().download();
                } catch (IOException e) {
                  thrown.add(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(thrown).isEmpty();
    assertWhole();
  }

  private Process process() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            DownloadProcess.class.getName(),
            server.url("/data/trips.parquet"),
            directory.resolve("trips.parquet").toString())
        .inheritIO()
        .start();
  }

  @Test
  void aProcessThatIsKilledLeavesNoFileAndTheNextGoesOn() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    server.then(server.stalled(100_000, end));
    Process killed = process();
    Path part = directory.resolve(".trips.parquet.part");
    while (!Files.exists(part) || Files.size(part) < 100_000) {
      assertThat(killed.isAlive()).isTrue();
      Thread.sleep(10);
    }
    killed.destroyForcibly().waitFor();
    end.countDown();
    assertThat(directory.resolve("trips.parquet")).doesNotExist();
    fetch().download();
    assertWhole();
    assertThat(server.ranges).containsExactly("null", "bytes=100000-");
  }

  @Test
  void twoProcessesToOnePlaceWaitForEachOther() throws Exception {
    List<Process> processes = List.of(process(), process(), process());
    fetch().download();
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertWhole();
  }

  @Test
  void whatIsNoUrlIsRefused() {
    assertThatThrownBy(() -> Http.download("ftp://me:pw@host/x"))
        .isInstanceOf(BadText.class)
        .hasMessage("\"ftp://me:***@host/x\" is not a URL that begins with https:// or http://");
    assertThatThrownBy(() -> Http.fetch("http://h/x").sha256("abc")).isInstanceOf(BadText.class);
  }

  @Test
  void messagesAreThoseOfTheGoldenFile() throws Exception {
    List<String> messages = new ArrayList<>();
    server.then(FileServer.status(404));
    messages.add(failure(fetch()).getMessage());
    for (int i = 0; i < 4; i++) {
      server.then(FileServer.status(503, "Retry-After", "0"));
    }
    messages.add(failure(fetch()).getMessage());
    server.then(FileServer.status(429, "Retry-After", "3600"));
    messages.add(failure(fetch()).getMessage());
    messages.add(failure(fetch().limit(DataSize.kibibytes(100))).getMessage());
    messages.add(failure(fetch().sha256("0".repeat(64))).getMessage());
    CountDownLatch end = new CountDownLatch(1);
    server.then(server.stalled(10, end));
    Download impatient =
        fetch()
            .timeouts(Duration.ofSeconds(1), Duration.ofMillis(200))
            .retry(Retry.times(1).when(_ -> false));
    messages.add(failure(impatient).getMessage());
    end.countDown();
    server.close();
    messages.add(failure(fetch()).getMessage());
    String port = server.url("").replaceAll(".*:", "");
    Golden.assertMatches("download-failures", String.join("\n", messages).replace(port, "PORT"));
  }
}
