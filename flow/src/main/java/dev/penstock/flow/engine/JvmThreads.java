package dev.penstock.flow.engine;

import java.time.Duration;

/// Threads of the JVM, which see the classes that whoever begins them sees.
final class JvmThreads implements TaskThreads {
  @Override
  public Begun begin(String name, Runnable body) {
    return begin(Thread.ofVirtual().name(name).unstarted(body));
  }

  @Override
  public Begun beginApart(String name, Runnable body) {
    return begin(Thread.ofPlatform().daemon().name(name).unstarted(body));
  }

  private static Begun begin(Thread thread) {
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    return new Running(thread);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  private record Running(Thread thread) implements Begun {
    @Override
    public boolean join(Duration atMost) throws InterruptedException {
      return thread.join(atMost);
    }

    @Override
    public void join() throws InterruptedException {
      thread.join();
    }

    @Override
    public boolean isOver() {
      return !thread.isAlive();
    }

    @Override
    public void interrupt() {
      thread.interrupt();
    }
  }
}
