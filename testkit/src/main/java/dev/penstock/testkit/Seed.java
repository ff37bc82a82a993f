package dev.penstock.testkit;

import java.util.Random;

/// Where a test's random cases begin. The same in each build, so that one source has one result;
/// `-Dpenstock.seed=N` replays what was printed, `-Dpenstock.seed=random` looks further.
public final class Seed {
  private static final String SETTING = System.getProperty("penstock.seed", "");
  private static final boolean DRAWN = SETTING.equals("random");

  private Seed() {}

  /// The seed of a test, which is printed.
  ///
  /// @param test what is generated, such as "generated pipelines"
  /// @return at least 0
  public static long of(String test) {
    long seed =
        isReplayed()
            ? Long.parseLong(SETTING)
            : DRAWN ? new Random().nextLong() >>> 16 : test.hashCode() & Integer.MAX_VALUE;
    System.out.println(test + ": -Dpenstock.seed=" + seed);
    return seed;
  }

  /// Whether one case is to be repeated.
  public static boolean isReplayed() {
    return !SETTING.isEmpty() && !DRAWN;
  }
}
