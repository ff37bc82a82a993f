package dev.penstock.kill;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A taxi trip with a number of its own. Amounts are whole quarters, so that sums are exact in any
/// order.
record Ride(long id, @Nullable Integer passengerCount, int zone, double totalAmount, String note) {
  static final int ZONES = 263;

  /// Ride `id`, counted from 0: one in ten is empty, one in seven of the others not metered.
  static Ride of(long id) {
    Integer passengers =
        id % 10 == 0 ? Integer.valueOf(0) : id % 7 == 0 ? null : 1 + (int) (id % 4);
    return new Ride(id, passengers, (int) (id * 31 % ZONES), (id % 400) / 4.0 - 10, "ride " + id);
  }

  static Stream<Ride> first(long count) {
    return LongStream.range(0, count).mapToObj(Ride::of);
  }

  /// Whether the load keeps it.
  boolean isKept() {
    return passengerCount == null || passengerCount != 0;
  }
}
