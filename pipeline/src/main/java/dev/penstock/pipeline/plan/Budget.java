package dev.penstock.pipeline.plan;

import java.io.Serializable;

/// How many failures a run may have.
///
/// @param failures the largest number of them
/// @param ratio the largest share of failures among all records, from 0 to 1
/// @param atLeast how many records there must be before the share counts
public record Budget(long failures, double ratio, long atLeast) implements Serializable {
  public Budget {
    if (failures < 0) {
      throw new IllegalArgumentException("error budget must be at least 0, was " + failures);
    }
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException("error budget ratio must be from 0 to 1, was " + ratio);
    }
  }

  /// So many failures at the most.
  public static Budget count(long failures) {
    return new Budget(failures, 1, 0);
  }

  /// Such a share of failures at the most, once there were `atLeast` records.
  public static Budget ratio(double ratio, long atLeast) {
    return new Budget(Long.MAX_VALUE, ratio, atLeast);
  }
}
