package dev.penstock.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Passes bytes between clients and a server of this machine, and lets the lines between them go
/// wrong: they are cut, slow, or late. Safe for use by several threads.
public final class FaultProxy implements AutoCloseable {
  private static final int PIECE = 16 * 1024;

  private final ServerSocket listener = new ServerSocket();
  private final int server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch called = new CountDownLatch(1);
  private volatile Duration delay = Duration.ZERO;
  private volatile long perSecond = Long.MAX_VALUE;

  // guarded by this
  private long untilCut;
  private long cutEvery;
  private int cutsLeft;
  private int cuts;

  private FaultProxy(int port, int server) throws IOException {
    this.server = server;
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    Thread.ofVirtual().start(this::accept);
  }

  /// In front of a server, on a free port.
  ///
  /// @param server its port
  public static FaultProxy to(int server) throws IOException {
    return new FaultProxy(0, server);
  }

  /// In front of a server that tells its clients to come to this port.
  public static FaultProxy at(int port, int server) throws IOException {
    return new FaultProxy(port, server);
  }

  /// Takes calls and never answers.
  public static FaultProxy silent() throws IOException {
    return new FaultProxy(0, 0);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// Waits until somebody has called.
  public void awaitCall() throws InterruptedException {
    called.await();
  }

  /// Holds up each piece of up to 16 KiB for so long, in both directions.
  public FaultProxy delay(Duration delay) {
    this.delay = delay;
    return this;
  }

  /// Lets no more than so many bytes a second through each line, in each direction.
  public FaultProxy throttle(long bytesPerSecond) {
    perSecond = bytesPerSecond;
    return this;
  }

  /// Cuts all lines each time that so many bytes more have passed, wherever in a message that is.
  ///
  /// @param times after which nothing is cut any more
  public synchronized FaultProxy cutEvery(long bytes, int times) {
    cutEvery = bytes;
    untilCut = bytes;
    cutsLeft = times;
    return this;
  }

  /// How often all lines were cut.
  public synchronized int cuts() {
    return cuts;
  }

  /// Cuts all lines that there are.
  public void cut() {
    synchronized (this) {
      cuts++;
    }
    hangUp();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        called.countDown();
        if (server != 0) {
          connect(client);
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  /// A server that is down is one that hangs up.
  private void connect(Socket client) {
    try {
      Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
      to.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      sockets.add(to);
      Thread.ofVirtual().start(() -> pass(client, to));
      Thread.ofVirtual().start(() -> pass(to, client));
    } catch (IOException e) {
      close(client);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] bytes = new byte[PIECE];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        hold(n);
        int passing = beforeCut(n);
        out.write(bytes, 0, passing);
        if (passing < n) {
          cut();
        }
      }
    } catch (IOException e) {
      // one end is gone, so goes the other
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(from);
    close(to);
    sockets.remove(from);
    sockets.remove(to);
  }

  private void hold(int bytes) throws InterruptedException {
    Thread.sleep(delay);
    if (perSecond != Long.MAX_VALUE) {
      Thread.sleep(Duration.ofNanos(bytes * 1_000_000_000L / perSecond));
    }
  }

  /// How many of the bytes pass; fewer than all when the lines are to be cut there.
  private synchronized int beforeCut(int bytes) {
    if (cutsLeft == 0) {
      return bytes;
    }
    if (bytes < untilCut) {
      untilCut -= bytes;
      return bytes;
    }
    int passing = (int) Math.max(0, untilCut - 1);
    cutsLeft--;
    untilCut = cutEvery;
    return passing;
  }

  private void hangUp() {
    sockets.forEach(FaultProxy::close);
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
    hangUp();
  }
}
