package dev.penstock.flow.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server on the loopback interface that keeps what it is sent, line by line.
public final class MailServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Thread thread;
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<String> recipients = new CopyOnWriteArrayList<>();
  private volatile String answer = "250 taken";

  public MailServer() {
    try {
      socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().daemon().name("mail-server").start(this::serve);
  }

  public int port() {
    return socket.getLocalPort();
  }

  public List<String> mails() {
    return mails;
  }

  public List<String> recipients() {
    return recipients;
  }

  /// What it says to the next mails.
  public void answer(String line) {
    answer = line;
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = socket.accept()) {
          converse(client);
        }
      }
    } catch (SocketException e) {
      // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void converse(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.US_ASCII);
    out.print("220 hello\r\n");
    out.flush();
    String line;
    while ((line = in.readLine()) != null) {
      String verb = line.split("[ :]")[0].toUpperCase(java.util.Locale.ROOT);
      String said =
          switch (verb) {
            case "EHLO" -> "250-loopback\r\n250 AUTH PLAIN";
            case "AUTH" -> authenticated(line) ? "235 welcome" : "535 no";
            case "RCPT" -> {
              recipients.add(line);
              yield "250 ok";
            }
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 ok";
          };
      out.print(said + "\r\n");
      out.flush();
      if (verb.equals("DATA")) {
        mails.add(mail(in));
        out.print(answer + "\r\n");
        out.flush();
      }
      if (verb.equals("QUIT")) {
        return;
      }
    }
  }

  private static boolean authenticated(String line) {
    String given = new String(Base64.getDecoder().decode(line.substring("AUTH PLAIN ".length())));
    return given.endsWith("\0me\0s3cret");
  }

  private static String mail(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    String line = in.readLine();
    while (line != null && !line.equals(".")) {
      mail.append(line).append('\n');
      line = in.readLine();
    }
    return mail.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
