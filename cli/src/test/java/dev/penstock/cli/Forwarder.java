package dev.penstock.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A port of this machine whose connections go to another one, as a load balancer has it; which one
/// may change.
final class Forwarder implements AutoCloseable {
  private final ServerSocket listening;
  private volatile int target;

  Forwarder(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /// Where connections go from now on; those that are open stay where they are.
  void to(int port) {
    target = port;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket near = listening.accept();
        Socket far;
        try {
          far = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
          near.close();
          continue;
        }
        Thread.ofVirtual().start(() -> pump(near, far));
        Thread.ofVirtual().start(() -> pump(far, near));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] some = new byte[8192];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        out.write(some, 0, read);
      }
    } catch (IOException e) {
      // one of the two is gone, and now the other
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
