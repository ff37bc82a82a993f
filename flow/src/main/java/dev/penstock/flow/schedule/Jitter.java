package dev.penstock.flow.schedule;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A delay of ticks that spreads those which many schedules have at the same instant. It follows
/// from schedule and tick alone, so that every scheduler works out the same.
///
/// @param bound exclusive; zero for none
public record Jitter(Duration bound) {
  public static final Jitter NONE = new Jitter(Duration.ZERO);

  public Jitter {
    if (bound.isNegative() || bound.compareTo(Duration.ofDays(366)) > 0) {
      throw new ScheduleRefused("jitter", List.of("it must be 0 to 366 days, was " + bound));
    }
  }

  /// How much later than the tick its run is due; whole milliseconds.
  public Duration of(String scheduleId, Instant tick) {
    long millis = bound.toMillis();
    if (millis == 0) {
      return Duration.ZERO;
    }
    byte[] hash = sha256().digest((scheduleId + " " + tick).getBytes(StandardCharsets.UTF_8));
    return Duration.ofMillis(
        new BigInteger(1, hash).mod(BigInteger.valueOf(millis)).longValueExact());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
