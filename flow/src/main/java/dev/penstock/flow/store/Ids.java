package dev.penstock.flow.store;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// New ids: UUIDs of version 7, which begin with the time, so that newer ones sort behind (RFC
/// 9562, section 5.7). Those of one process grow, also within a millisecond (section 6.2).
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int COUNTER_BITS = 12;

  /// The milliseconds of the last id, and its number within them.
  private static final AtomicLong LAST = new AtomicLong();

  private Ids() {}

  public static String next(InstantSource clock) {
    long now = clock.millis() << COUNTER_BITS;
    long time = LAST.updateAndGet(last -> Math.max(last + 1, now));
    long counter = time & (1 << COUNTER_BITS) - 1;
    long high = time >>> COUNTER_BITS << 16 | 0x7000 | counter;
    long low = 0x8000000000000000L | RANDOM.nextLong() >>> 2;
    return new UUID(high, low).toString();
  }
}
