package dev.penstock.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Passes bytes between clients and a server of this machine, until a client has sent so many: then
/// all lines are cut.
final class LineProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int server;
  private final long cutAfter;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch called = new CountDownLatch(1);

  private LineProxy(int server, long cutAfter) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.server = server;
    this.cutAfter = cutAfter;
    Thread.ofVirtual().start(this::accept);
  }

  /// To the server at this port.
  static LineProxy cuttingAfter(long bytes, int server) throws IOException {
    return new LineProxy(server, bytes);
  }

  /// Takes calls and never answers.
  static LineProxy silent() throws IOException {
    return new LineProxy(0, 0);
  }

  int port() {
    return listener.getLocalPort();
  }

  void awaitCall() throws InterruptedException {
    called.await();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        called.countDown();
        if (server != 0) {
          Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
          sockets.add(to);
          Thread.ofVirtual().start(() -> pass(client, to, cutAfter));
          Thread.ofVirtual().start(() -> pass(to, client, Long.MAX_VALUE));
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void pass(Socket from, Socket to, long most) {
    byte[] bytes = new byte[16 * 1024];
    long passed = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0 && passed < most; n = in.read(bytes)) {
        out.write(bytes, 0, n);
        passed += n;
      }
    } catch (IOException e) {
      // one end is gone, so goes the other
    }
    if (passed >= most) {
      cut();
    } else {
      close(from);
      close(to);
    }
  }

  private void cut() {
    sockets.forEach(LineProxy::close);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // closed is closed
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
