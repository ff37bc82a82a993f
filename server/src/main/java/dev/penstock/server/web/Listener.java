package dev.penstock.server.web;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;

/// The web server: takes requests from its port to the router, and answers back. The only class
/// that knows which web server it is.
public final class Listener implements AutoCloseable {
  /// A longer body is read to its end before it is refused: whoever is hung up on while writing
  /// does not see the refusal. At most so much is read; the web server hangs up on the rest.
  private static final int MOST_THROWN_AWAY = 32 << 20;

  private static final int MOST_HEADERS = 16 << 10;
  private static final int MOST_FIRST_LINE = 8 << 10;
  private static final int MOST_CONNECTIONS = 2000;

  /// Of the answers that go on, which hold a connection each: the others are for pages and calls.
  static final int MOST_FLOWING = MOST_CONNECTIONS / 2;

  /// Shorter bodies are not worth it.
  private static final int WORTH_PACKING = 1024;

  /// What every answer says: nothing is loaded from elsewhere, no script or style stands in a page,
  /// and no other site shows our pages within its own.
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin");

  private final boolean proxied;
  private final Patience patience;
  private final SlowClients slow;
  private final Semaphore flowing = new Semaphore(MOST_FLOWING);
  private final WebServer server;

  /// Begins to listen.
  ///
  /// @param port 0 for any free one
  /// @param proxied whether a proxy in front of it says from where requests came
  public Listener(String host, int port, boolean proxied, Router router) {
    this(host, port, proxied, router, Patience.USUAL);
  }

  Listener(String host, int port, boolean proxied, Router router, Patience patience) {
    this.proxied = proxied;
    this.patience = patience;
    this.slow = new SlowClients(patience);
    // Settings come from this code alone, not from files and variables that happen to be there.
    server =
        WebServer.builder()
            .host(host)
            .port(port)
            .featuresDiscoverServices(false)
            .shutdownHook(false)
            .maxPayloadSize(MOST_THROWN_AWAY)
            .maxTcpConnections(MOST_CONNECTIONS)
            .idleConnectionTimeout(patience.line())
            .idleConnectionPeriod(patience.line().dividedBy(4))
            // An answer goes out in pieces: the second does not wait 40 ms for the first to be
            // told.
            .connectionOptions(options -> options.tcpNoDelay(true))
            .shutdownGracePeriod(Duration.ofMillis(500))
            .protocolsDiscoverServices(false)
            .directHandlers(handlers ->
                handlers.addHandler(
                    DirectHandler.EventType.BAD_REQUEST,
                    (_, _, status, headers, _) -> unreadable(status, headers)))
            .addProtocol(
                Http1Config.builder()
                    .maxHeadersSize(MOST_HEADERS)
                    .maxPrologueLength(MOST_FIRST_LINE)
                    .addReceiveListener(slow)
                    .build())
            .routing(
                HttpRouting.builder().any((request, response) -> serve(router, request, response)))
            .build()
            .start();
  }

  /// What is answered to a request that the web server itself cannot read.
  private static DirectHandler.TransportResponse unreadable(
      Status status, ServerResponseHeaders headers) {
    ALWAYS.forEach((name, value) -> headers.set(HeaderNames.create(name), value));
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
        .keepAlive(false)
        .entity(
            "{\"title\":\"This cannot be read\",\"status\":"
                + status.code()
                + ",\"detail\":\"the request is not written as HTTP says: look at the encoding of"
                + " its address, and at its headers\"}")
        .build();
  }

  public int port() {
    return server.port();
  }

  private void serve(Router router, ServerRequest request, ServerResponse response)
      throws IOException {
    Answer answer = answer(router, request, response);
    if (!(answer.body() instanceof Answer.Body.Flowing)) {
      serve(answer, request, response);
    } else if (flowing.tryAcquire()) {
      try {
        serve(answer, request, response);
      } finally {
        flowing.release();
      }
    } else {
      Refused full =
          new Refused(
              503,
              "Too many listen to this server",
              "close pages that nobody looks at, or try again later",
              List.of());
      serve(router.refused(request(request, response, Fields.NONE), full), request, response);
    }
  }

  private void serve(Answer answer, ServerRequest request, ServerResponse response)
      throws IOException {
    response.status(Status.create(answer.status()));
    ALWAYS.forEach((name, value) -> response.header(name, value));
    answer.headers().forEach((name, value) -> response.header(name, value));
    if (request.prologue().method() == Method.HEAD) {
      head(response, answer);
    } else {
      switch (answer.body()) {
        case Answer.Body.Whole whole -> send(request, response, answer, whole.bytes());
        case Answer.Body.Flowing flowing -> flow(response, flowing.writing());
      }
    }
    if (response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("what comes next is no request");
    }
  }

  /// The other side takes whatever came after these headers for the beginning of the next answer.
  private static void head(ServerResponse response, Answer answer) {
    if (answer.body() instanceof Answer.Body.Whole whole) {
      response.contentLength(whole.bytes().length);
    }
    response.send();
  }

  private Answer answer(Router router, ServerRequest request, ServerResponse response) {
    Fields query;
    try {
      query = Fields.parse(request.query().rawValue());
    } catch (Refused refusal) {
      return router.refused(request(request, response, Fields.NONE), refusal);
    }
    return router.answer(request(request, response, query));
  }

  private Request request(ServerRequest request, ServerResponse response, Fields query) {
    byte[][] read = new byte[1][];
    return new Request(
        request.prologue().method().text(),
        request.path().path(),
        query,
        Map.of(),
        name -> Optional.ofNullable(header(request, name)),
        most -> read[0] == null ? read[0] = body(request, response, most) : read[0],
        address(request),
        Identity.NOBODY);
  }

  /// What cannot be read ends the connection: nobody knows where the next request begins.
  private byte[] body(ServerRequest request, ServerResponse response, int most) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    byte[][] read = new byte[1][];
    try {
      slow.within(patience.body(), () -> read[0] = read(request, most));
    } catch (IOException | UncheckedIOException | CloseConnectionException e) {
      response.header(HeaderValues.CONNECTION_CLOSE);
      throw new Refused(408, "The body did not come", "send it anew, all of it at once", List.of());
    } catch (RuntimeException e) { // of many kinds, by what is wrong with its chunks
      response.header(HeaderValues.CONNECTION_CLOSE);
      throw Refused.badRequest("the body is not written as HTTP says: look at its chunks");
    }
    if (read[0].length > most) {
      throw new Refused(
          413, "The body is too long", "send at most " + (most >> 20) + " MiB", List.of());
    }
    return read[0];
  }

  /// One byte more than the most tells that it is longer; then the rest is thrown away.
  private static byte[] read(ServerRequest request, int most) throws IOException {
    InputStream content = request.content().inputStream(); // to close it would be to read on
    byte[] body = content.readNBytes(most + 1);
    if (body.length > most) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return body;
  }

  /// The last entry of the last such header is the one that the proxy itself has written: some add
  /// to the header that they got, others add one of their own.
  private String address(ServerRequest request) {
    String peer = request.remotePeer().host();
    String last =
        proxied
            ? request.headers().all(HeaderNames.X_FORWARDED_FOR, () -> List.of(peer)).getLast()
            : peer;
    return last.substring(last.lastIndexOf(',') + 1).strip();
  }

  private static @org.jspecify.annotations.Nullable String header(
      ServerRequest request, String name) {
    return request.headers().first(HeaderNames.create(name)).orElse(null);
  }

  private void send(ServerRequest request, ServerResponse response, Answer answer, byte[] bytes)
      throws IOException {
    boolean packed =
        bytes.length >= WORTH_PACKING
            && !answer.headers().containsKey("Content-Encoding")
            && String.valueOf(header(request, "accept-encoding"))
                .toLowerCase(Locale.ROOT)
                .contains("gzip");
    if (packed) {
      response.header("Content-Encoding", "gzip");
      response.header("Vary", "Accept-Encoding");
    }
    byte[] sent = packed ? pack(bytes) : bytes;
    slow.within(patience.answer(), () -> response.send(sent));
  }

  static byte[] pack(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private void flow(ServerResponse response, Answer.Writing writing) {
    try (OutputStream out = new Timely(response.outputStream(), slow, patience.answer())) {
      writing.to(out);
    } catch (IOException | UncheckedIOException e) {
      // whoever listened is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Stops listening, and ends what flows.
  @Override
  public void close() {
    server.stop();
    slow.close();
  }
}
