package dev.penstock.flow.automation;

import dev.penstock.flow.state.StateName;
import java.time.Duration;
import java.util.Set;

/// What makes an automation fire.
public sealed interface Trigger {
  /// Longer than anybody waits; the time of its end can be told still.
  Duration LONGEST = Duration.ofDays(36_525);

  /// The runs that it looks at.
  Runs runs();

  /// A run comes to one of these states.
  record OnState(Runs runs, Set<StateName> states) implements Trigger {
    public OnState {
      states = checked(states, "states");
    }
  }

  /// None of the expected states comes in time. With `after`, each run that comes to one of those
  /// states is watched for itself; with none, some run has to come to an expected state within each
  /// such time.
  record OnAbsence(Runs runs, Set<StateName> after, Set<StateName> expected, Duration within)
      implements Trigger {
    public OnAbsence {
      after = Set.copyOf(after);
      expected = checked(expected, "expected states");
      within = checked(within);
    }

    boolean isOfEachRun() {
      return !after.isEmpty();
    }
  }

  /// A pipeline that runs has read no records for this long.
  record OnStandstill(Runs runs, Duration lasting) implements Trigger {
    public OnStandstill {
      lasting = checked(lasting);
    }
  }

  /// More than this share of the records of a pipeline that runs have failed.
  ///
  /// @param above from 0 to 1
  /// @param atLeast how many records it must have read
  record OnErrorRatio(Runs runs, double above, long atLeast) implements Trigger {
    public OnErrorRatio {
      if (!(above >= 0 && above < 1)) {
        throw new IllegalArgumentException(
            "the error ratio must be from 0 to less than 1, was " + above);
      }
      if (atLeast < 1) {
        throw new IllegalArgumentException(
            "the least number of records must be at least 1, was " + atLeast);
      }
    }
  }

  private static Set<StateName> checked(Set<StateName> states, String what) {
    if (states.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one of the " + what);
    }
    return Set.copyOf(states);
  }

  private static Duration checked(Duration time) {
    if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the time must be positive, and at most 100 years (P36525D), was " + time);
    }
    return time;
  }
}
