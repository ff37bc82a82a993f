package dev.penstock.flow.store;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/// New ids: UUIDs of version 7, which begin with the time, so that newer ones sort behind (RFC
/// 9562, section 5.7).
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  public static String next(InstantSource clock) {
    long high = clock.millis() << 16 | 0x7000 | RANDOM.nextInt(1 << 12);
    long low = 0x8000000000000000L | RANDOM.nextLong() >>> 2;
    return new UUID(high, low).toString();
  }
}
