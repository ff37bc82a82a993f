package dev.penstock.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes over the wire, behind a proxy.
class ListenerTest {
  private static final Open DOOR = new Open();
  private static final CountDownLatch QUIET = new CountDownLatch(1);
  private static Listener listener;

  @BeforeAll
  static void open() {
    Router router =
        new Router(
            List.of(
                Route.get("/", request -> Answer.plain("from " + request.address())),
                Route.get("/events", _ -> Answer.events(ListenerTest::goOn)),
                Route.get("/quiet", _ -> Answer.events(ListenerTest::wait)),
                Route.post(
                    "/", request -> Answer.plain(request.body().read(1 << 20).length + " bytes"))),
            DOOR,
            (_, _, _) -> {},
            (_, refusal) -> Answer.problem(refusal.status(), Map.of()),
            Duration.ZERO);
    listener = new Listener("127.0.0.1", 0, true, router);
  }

  @AfterAll
  static void close() {
    listener.close();
  }

  private static void goOn(OutputStream out) throws IOException, InterruptedException {
    while (true) {
      out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      Thread.sleep(5);
    }
  }

  private static void wait(OutputStream out) throws IOException, InterruptedException {
    out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    QUIET.await();
  }

  @Test
  void thoseWhoListenLeaveRoomForOthers() throws Exception {
    List<Socket> listening = new ArrayList<>();
    String again = "Host: localhost\r\nConnection: close\r\n\r\n";
    try {
      for (int i = 0; i < Listener.MOST_FLOWING; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        listening.add(socket);
        socket
            .getOutputStream()
            .write(("GET /quiet HTTP/1.1\r\n" + again).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
      }
      assertThat(sent("GET /quiet HTTP/1.1\r\n" + again)).startsWith("HTTP/1.1 503");
      assertThat(sent("GET / HTTP/1.1\r\n" + again)).startsWith("HTTP/1.1 200");
    } finally {
      QUIET.countDown();
      for (Socket socket : listening) {
        socket.close();
      }
    }
    String after = sent("GET /quiet HTTP/1.1\r\n" + again);
    while (after.startsWith("HTTP/1.1 503")) { // until the first of them is gone
      after = sent("GET /quiet HTTP/1.1\r\n" + again);
    }
    assertThat(after).startsWith("HTTP/1.1 200");
  }

  @Test
  void whatGoesOnEndsWhenWhoeverListensMayNotHaveItAnyMore() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      assertThat(socket.getInputStream().readNBytes(1000)).hasSize(1000);
      DOOR.closed = true;
      socket.getInputStream().readAllBytes();
    } finally {
      DOOR.closed = false;
    }
  }

  /// All that comes back until the other side hangs up.
  private static String sent(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/events", "/nowhere"})
  void headIsGetWithoutABodyWhichTheNextAnswerWouldBeTakenFor(String path) throws Exception {
    String answer =
        sent(
            "HEAD "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "HEAD "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)(HTTP/1.1 (200|404) [^\r]*\r\n([A-Z][^\r]*\r\n)+\r\n){2}");
  }

  @Test
  void headSaysHowLongTheBodyIs() throws Exception {
    assertThat(sent("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .contains("Content-Length: 14\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ZZ\r\nabc",
        "-1\r\nabc",
        "3;a=b\r\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "FFFFFFFFFFFFFFFFF\r\nabc",
        "\r\n\r\n"
      })
  void aBodyInBrokenChunksIsRefusedOnceAndEndsTheConnection(String chunks) throws Exception {
    assertThat(
            sent(
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunks))
        .startsWith("HTTP/1.1 400 ")
        .containsOnlyOnce("HTTP/1.1");
  }

  @Test
  void whoAsksIsSaidByTheLastProxyAlone() throws Exception {
    String begin = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    assertThat(sent(begin + "\r\n")).endsWith("from 127.0.0.1");
    assertThat(sent(begin + "X-Forwarded-For: 10.0.0.1, 10.0.0.2\r\n\r\n"))
        .endsWith("from 10.0.0.2");
    assertThat(
            sent(
                begin + "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-For: 10.0.0.3, 10.0.0.2\r\n\r\n"))
        .endsWith("from 10.0.0.2");
  }
}
