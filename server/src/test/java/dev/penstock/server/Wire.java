package dev.penstock.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// HTTP/1.1 by hand, so that what is sent may be wrong in ways that a client would not let through:
/// one request a connection.
///
/// @param port of the loopback address
record Wire(int port) {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int SHOWN = 400;

  /// What is sent.
  ///
  /// @param target as it stands in the first line
  record Sent(String method, String target, Map<String, String> headers, byte[] body) {
    Sent(String method, String target) {
      this(method, target, Map.of(), new byte[0]);
    }

    /// All of it, shortened, for messages.
    @Override
    public String toString() {
      return method + " " + shortened(target) + " " + headers + " " + shortened(text(body));
    }
  }

  /// What comes back.
  ///
  /// @param status 0 when the other side hung up
  /// @param type the content type; empty for none
  record Got(int status, String type, String body) {
    @Override
    public String toString() {
      return status + " " + type + " " + shortened(body);
    }
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN
        ? text
        : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Got send(Sent sent) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      try {
        OutputStream out = socket.getOutputStream();
        out.write(bytes(sent));
        out.flush();
        return got(new BufferedInputStream(socket.getInputStream()));
      } catch (SocketException e) {
        return new Got(0, "", "hung up: " + e.getMessage());
      }
    }
  }

  private static byte[] bytes(Sent sent) {
    StringBuilder head = new StringBuilder(sent.method() + " " + sent.target() + " HTTP/1.1\r\n");
    head.append("Host: localhost\r\nConnection: close\r\n");
    head.append("Content-Length: ").append(sent.body().length).append("\r\n");
    sent.headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(first, first.length + sent.body().length);
    System.arraycopy(sent.body(), 0, all, first.length, sent.body().length);
    return all;
  }

  /// Reads one answer; the server may well keep the connection.
  private static Got got(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String first = line(in);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, Math.max(0, colon)), line.substring(colon + 1).strip());
    }
    if (first.isEmpty()) {
      return new Got(0, "", "hung up");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (headers.getOrDefault("Transfer-Encoding", "").equals("chunked")) {
      for (int size = chunk(in); size > 0; size = chunk(in)) {
        body.write(in.readNBytes(size));
        line(in);
      }
    } else {
      body.write(in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0"))));
    }
    return new Got(
        Integer.parseInt(first.split(" ", 3)[1]),
        headers.getOrDefault("Content-Type", ""),
        text(body.toByteArray()));
  }

  private static int chunk(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  /// A line without its end; empty at the end of all.
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.write(c);
    }
    return text(line.toByteArray()).stripTrailing();
  }
}
