package dev.penstock.http;

import dev.penstock.http.HttpFailed.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Runs one download: attempts until the file is complete, each going on where the last one ended
/// if the server allows it.
final class Transfer {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Download download;
  private final Path target;
  private final String urlDigest;

  /// What is known of the file in the cache; nothing for a download to a place of the user's.
  private final Optional<Path> known;

  Transfer(Download download) {
    this.download = download;
    this.urlDigest = DownloadCache.digest(download.uri());
    Path place = download.target();
    this.target = place != null ? place : DownloadCache.file(download.cache(), download.uri());
    this.known =
        place != null
            ? Optional.empty()
            : Optional.of(target.resolveSibling("." + target.getFileName() + ".json"));
  }

  Path run() throws IOException {
    if (isCachedWithChecksum()) {
      return target;
    }
    try (PartFile part = PartFile.open(target);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = client(threads)) {
      try {
        attempts(part, new Exchange(client, download.timeouts().idle()));
      } finally {
        client.shutdownNow();
      }
      return target;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while downloading " + download.shown());
    }
  }

  private boolean isCachedWithChecksum() throws IOException {
    return download.sha256() != null
        && Files.isRegularFile(target)
        && DownloadCache.sha256(target).equals(download.sha256());
  }

  private HttpClient client(ExecutorService threads) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(download.timeouts().connect())
        .executor(threads)
        .build();
  }

  private void attempts(PartFile part, Exchange exchange) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      HttpFailed failure;
      try {
        attempt(part, exchange);
        return;
      } catch (HttpFailed e) {
        failure = e;
      } catch (IOException e) {
        failure = failed(Reason.CONNECTION, reason(e), e);
      }
      if (!worthAnother(failure, attempt)) {
        throw failure.afterTries(attempt);
      }
      Thread.sleep(Duration.ofNanos(download.retry().delayNanos(attempt, failure)));
    }
  }

  /// The JDK says nothing when it could not connect.
  private String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "cannot connect to " + download.uri().getHost();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private boolean worthAnother(HttpFailed failure, int attempt) {
    boolean soon = failure.retryAfter().map(d -> d.compareTo(LONGEST_WAIT) <= 0).orElse(true);
    try {
      return failure.isPassing() && soon && download.retry().again(attempt, failure);
    } catch (Exception e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  private void attempt(PartFile part, Exchange exchange) throws IOException, InterruptedException {
    Optional<PartInfo> begun = part.info().filter(info -> info.resumable(urlDigest));
    if (part.size() > 0 && begun.isEmpty()) {
      part.clear();
    }
    long have = part.size();
    if (have > 0 && begun.filter(info -> info.isTotal(have)).isPresent()) {
      complete(part, true); // a process died between the last byte and the final name
      return;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (have > 0) {
      headers.put("Range", "bytes=" + have + "-");
      begun.flatMap(PartInfo::ifRange).ifPresent(value -> headers.put("If-Range", value));
    } else {
      cachedEtag().ifPresent(etag -> headers.put("If-None-Match", etag));
    }
    Arrival arrival = new Arrival(part, have, begun);
    try {
      conclude(exchange.get(download.uri(), headers, arrival::accept, arrival::position), arrival);
    } finally {
      arrival.stop();
    }
  }

  /// The file in the cache needs no second download if the server says that it has not changed.
  private Optional<String> cachedEtag() throws IOException {
    if (known.isEmpty() || download.sha256() != null || !Files.exists(target)) {
      return Optional.empty();
    }
    return PartInfo.read(known.get())
        .filter(info -> info.urlDigest().equals(urlDigest))
        .flatMap(PartInfo::etag);
  }

  private void conclude(HttpResponse<Long> answer, Arrival arrival) throws IOException {
    arrival.throwIfRefused();
    switch (answer.statusCode()) {
      case 200 -> complete(arrival.part, false);
      case 206 -> complete(arrival.part, true);
      case 304 -> {}
      case 416 -> {
        arrival.part.clear();
        throw failed(Reason.CONNECTION, "the server has less of the file than has arrived", null);
      }
      default -> throw statusFailure(answer);
    }
  }

  private HttpFailed statusFailure(HttpResponse<Long> answer) {
    Duration wait = RetryAfterHeader.of(answer.headers()).orElse(null);
    String hint = wait == null ? "" : " and asks to wait " + wait.toSeconds() + " s";
    return new HttpFailed(
        "cannot download %s: the server answers %d%s"
            .formatted(download.shown(), answer.statusCode(), hint),
        answer.statusCode(),
        wait);
  }

  private void complete(PartFile part, boolean resumed) throws IOException {
    String wanted = download.sha256();
    String found = wanted == null ? null : part.sha256();
    if (wanted != null && !wanted.equals(found)) {
      part.clear();
      // parts of two versions may have been put together: that is worth an attempt from the start
      Reason reason = resumed ? Reason.CONNECTION : Reason.CHECKSUM;
      throw failed(reason, "its SHA-256 is " + found + ", wanted " + wanted, null);
    }
    try {
      part.complete(known);
    } catch (IOException e) {
      throw failed(Reason.LOCAL, "cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  private HttpFailed failed(Reason reason, String why, @Nullable Throwable cause) {
    return new HttpFailed(reason, "cannot download " + download.shown() + ": " + why, cause);
  }

  private HttpFailed tooLarge() {
    return failed(Reason.TOO_LARGE, "it is larger than the limit of " + download.limit(), null);
  }

  /// The body of one answer on its way into the part. Told of the answer by a thread of the
  /// client's.
  private final class Arrival {
    private final PartFile part;
    private final long have;
    private final Optional<PartInfo> begun;
    private volatile @Nullable BodyToFile body;
    private volatile @Nullable HttpFailed refusal;

    Arrival(PartFile part, long have, Optional<PartInfo> begun) {
      this.part = part;
      this.have = have;
      this.begun = begun;
    }

    /// Lets the body in if it is what was asked for.
    BodySubscriber<Long> accept(ResponseInfo answer) {
      try {
        BodyToFile accepted =
            switch (answer.statusCode()) {
              case 200 -> whole(answer);
              case 206 -> rest(answer);
              default -> null;
            };
        body = accepted;
        return accepted == null ? new NoBody() : accepted;
      } catch (HttpFailed e) {
        refusal = e;
      } catch (IOException e) {
        refusal = failed(Reason.LOCAL, "cannot write: " + e.getMessage(), e);
      }
      return new NoBody();
    }

    private BodyToFile whole(ResponseInfo answer) throws IOException {
      part.clear();
      refuseTooLarge(answer, 0);
      part.begin(PartInfo.of(urlDigest, answer));
      return bodyFrom(0);
    }

    private BodyToFile rest(ResponseInfo answer) throws IOException {
      if (begun.isEmpty() || !begun.get().isContinuedBy(answer, have)) {
        part.clear();
        throw failed(Reason.CONNECTION, "it changed between two attempts", null);
      }
      refuseTooLarge(answer, have);
      return bodyFrom(have);
    }

    private void refuseTooLarge(ResponseInfo answer, long from) throws HttpFailed {
      long length = answer.headers().firstValueAsLong("Content-Length").orElse(0);
      if (length > download.limit().bytes() - from) {
        throw tooLarge();
      }
    }

    private BodyToFile bodyFrom(long from) {
      return new BodyToFile(
          part.channel(), from, download.limit().bytes(), Transfer.this::tooLarge);
    }

    /// Moves with each byte that arrives.
    long position() {
      BodyToFile open = body;
      return open == null ? -1 : open.position();
    }

    void throwIfRefused() throws HttpFailed {
      HttpFailed refused = refusal;
      if (refused != null) {
        throw refused;
      }
    }

    void stop() {
      BodyToFile open = body;
      if (open != null) {
        open.stop();
      }
    }
  }
}
