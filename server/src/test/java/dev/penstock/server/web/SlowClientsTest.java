package dev.penstock.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever sends slowly is hung up on, though their bytes keep coming, and who takes no answer.
class SlowClientsTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final int MOST_BYTES = 600;

  private static Listener listener;

  @BeforeAll
  static void open() {
    Router router =
        new Router(
            List.of(
                Route.get("/", _ -> Answer.plain("there")),
                Route.get("/long", _ -> Answer.plain("x".repeat(20_000_000))),
                Route.get("/endless", _ -> Answer.events(SlowClientsTest::goOn)),
                Route.post(
                    "/", request -> Answer.plain(request.body().read(1 << 20).length + " bytes"))),
            new Open(),
            (_, _, _) -> {},
            (_, refusal) -> Answer.plain(refusal.detail()));
    listener =
        new Listener("127.0.0.1", 0, false, router, new Patience(SHORT, SHORT, SHORT, SHORT));
  }

  @AfterAll
  static void close() {
    listener.close();
  }

  @Test
  void aFirstLineDoesNotComeForEver() throws Exception {
    assertThat(bytesUntilHungUp("GET /", 'a')).isLessThan(MOST_BYTES);
  }

  @Test
  void headersDoNotComeForEver() throws Exception {
    assertThat(bytesUntilHungUp("GET / HTTP/1.1\r\nHost: localhost\r\nX: ", 'a'))
        .isLessThan(MOST_BYTES);
  }

  @Test
  void aBodyDoesNotComeForEver() throws Exception {
    assertThat(
            bytesUntilHungUp(
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n", 'a'))
        .isLessThan(MOST_BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/long", "/endless"})
  void anAnswerIsNotKeptForEverForSomebodyWhoDoesNotTakeIt(String path) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < MOST_BYTES; i++) {
                  Thread.sleep(20);
                  out.write('G');
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  private static void goOn(OutputStream out) throws IOException {
    while (true) {
      out.write(new byte[10_000]);
      out.flush();
    }
  }

  @Test
  void aRequestThatComesAtOnceIsAnswered() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      socket
          .getOutputStream()
          .write(
              "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"
                  .getBytes(StandardCharsets.ISO_8859_1));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .contains("200", "3 bytes");
    }
  }

  /// Sends the beginning, then a byte from time to time.
  ///
  /// @return how many bytes came through
  private static int bytesUntilHungUp(String begin, char then) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(begin.getBytes(StandardCharsets.ISO_8859_1));
      socket.setSoTimeout(20);
      for (int i = 0; i < MOST_BYTES; i++) {
        try {
          out.write(then);
          out.flush();
          if (socket.getInputStream().read() < 0) {
            return i;
          }
        } catch (java.net.SocketTimeoutException e) {
          // nothing was answered, as it should be
        } catch (IOException e) {
          return i;
        }
      }
      return MOST_BYTES;
    }
  }
}
