package dev.penstock.testkit;

import java.time.LocalDateTime;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Made-up taxi trips of one month, shaped like the real ones: the same columns, nulls where they
/// have nulls, passenger counts of 0, refunds, a few busy zones. Each trip depends on the seed and
/// its number alone.
public final class Trips {
  private static final LocalDateTime MONTH = LocalDateTime.of(2025, 1, 1, 0, 0);
  private static final int DAYS = 31;
  private static final int ZONES = 263;
  private static final int JFK = 132;
  private static final int LA_GUARDIA = 138;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /// Out of 1,000 trips, how many are driven before the end of each hour of the day.
  private static final int[] BY_HOUR = {
    28, 48, 62, 71, 77, 84, 98, 125, 164, 205, 247, 291, 339, 389, 443, 500, 557, 622, 693, 761,
    821, 881, 942, 1000
  };

  private static final int CASH = 2;
  private static final int CARD = 1;
  private static final int DISPUTE = 4;
  private static final int NO_CHARGE = 3;
  private static final int NOT_METERED = 0;

  private static final double[] EXTRAS = {0, 0, 0, 1, 2.5, 2.5, 3.5, 5};
  private static final double[] TIPS = {0, 0.15, 0.2, 0.2, 0.25, 0.3};
  private static final int[] BUSY = {
    48, 68, 79, 90, 100, 107, 132, 138, 140, 141, 142, 161, 162, 163, 164, 170, 186, 229, 230, 234,
    236, 237, 238, 239, 249, 263
  };

  private final long seed;

  private Trips(long seed) {
    this.seed = seed;
  }

  /// The endless sequence of trips of a seed.
  public static Trips ofSeed(long seed) {
    return new Trips(seed);
  }

  /// The first `count` trips.
  public Stream<Trip> first(long count) {
    return LongStream.range(0, count).mapToObj(this::trip);
  }

  /// Trip `number`, counted from 0.
  public Trip trip(long number) {
    SplittableRandom random = new SplittableRandom(seed * GOLDEN_GAMMA + number);
    boolean metered = random.nextInt(1_000) >= 85;
    int from = zone(random);
    int to = zone(random);
    boolean jfk = metered && from != to && (from == JFK || to == JFK) && random.nextInt(3) > 0;
    double miles = from == to ? random.nextInt(90) / 100.0 : miles(random, jfk);
    int seconds = 120 + (int) (miles * 270 * (0.7 + random.nextDouble()));
    LocalDateTime pickup = pickup(random);
    int payment = metered ? payment(random) : NOT_METERED;
    Fare fare = Fare.of(random, miles, seconds, jfk, from, payment, metered);
    return new Trip(
        random.nextInt(4) == 0 ? 1 : 2,
        pickup,
        pickup.plusSeconds(seconds),
        metered ? Long.valueOf(passengers(random)) : null,
        miles,
        metered ? Long.valueOf(jfk ? 2 : random.nextInt(90) == 0 ? 5 : 1) : null,
        metered ? (random.nextInt(250) == 0 ? "Y" : "N") : null,
        from,
        to,
        payment,
        fare.amount,
        fare.extra,
        fare.tax,
        fare.tip,
        fare.tolls,
        fare.improvement,
        cents(
            fare.amount
                + fare.extra
                + fare.tax
                + fare.tip
                + fare.tolls
                + fare.improvement
                + fare.congestion
                + fare.airport),
        metered ? Double.valueOf(fare.congestion) : null,
        metered ? Double.valueOf(fare.airport) : null);
  }

  /// What a trip costs; all of it is negative when it is given back.
  private record Fare(
      double amount,
      double extra,
      double tax,
      double tip,
      double tolls,
      double improvement,
      double congestion,
      double airport) {

    static Fare of(
        SplittableRandom random,
        double miles,
        int seconds,
        boolean jfk,
        int from,
        int payment,
        boolean metered) {
      int sign = payment == DISPUTE && random.nextBoolean() ? -1 : 1;
      double amount = jfk ? 70 : cents(3 + Math.floor(miles * 5) * 0.7 + seconds / 300 * 0.7);
      boolean airport = from == JFK || from == LA_GUARDIA;
      return new Fare(
          sign * amount,
          sign * EXTRAS[random.nextInt(EXTRAS.length)],
          sign * 0.5,
          payment == CARD ? cents(amount * TIPS[random.nextInt(TIPS.length)]) : 0,
          miles > 8 && random.nextBoolean() ? sign * 6.94 : 0,
          sign,
          metered && random.nextInt(10) > 0 ? sign * 2.5 : 0,
          metered && airport ? sign * 1.75 : 0);
    }
  }

  private static double cents(double amount) {
    return Math.round(amount * 100) / 100.0;
  }

  /// A few zones have most of the trips.
  private static int zone(SplittableRandom random) {
    return random.nextInt(100) < 70 ? BUSY[random.nextInt(BUSY.length)] : 1 + random.nextInt(ZONES);
  }

  private static double miles(SplittableRandom random, boolean jfk) {
    double usual = jfk ? 15 + random.nextDouble() * 6 : -2.8 * Math.log(1 - random.nextDouble());
    return cents(0.3 + usual);
  }

  private static LocalDateTime pickup(SplittableRandom random) {
    int share = random.nextInt(1_000);
    int hour = 0;
    while (BY_HOUR[hour] <= share) {
      hour++;
    }
    return MONTH.plusDays(random.nextInt(DAYS)).plusSeconds(hour * 3_600L + random.nextInt(3_600));
  }

  private static int payment(SplittableRandom random) {
    int share = random.nextInt(100);
    return share < 80 ? CARD : share < 96 ? CASH : share < 97 ? NO_CHARGE : DISPUTE;
  }

  private static int passengers(SplittableRandom random) {
    int share = random.nextInt(1_000);
    return share < 9 ? 0 : share < 790 ? 1 : share < 930 ? 2 : 3 + random.nextInt(4);
  }
}
