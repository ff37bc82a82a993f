package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A limit, and who has its slots.
///
/// @param taken by whom, in the order of the slots
/// @param decaying how many slots were given back and stay taken for a while
/// @param waiting how many task runs wait for one
public record LimitUse(Limit limit, List<Taken> taken, int decaying, int waiting) {
  public LimitUse {
    taken = List.copyOf(taken);
  }

  /// A slot that somebody has.
  ///
  /// @param holder the id of the flow run or task run
  /// @param flowRun the id of the flow run by whose lease it is held
  /// @param label for people: `task run 'extract-0'`
  /// @param leaseUntil when the lease ends under which it is held, unless it is renewed; null when
  ///   it has ended
  public record Taken(String holder, String flowRun, String label, @Nullable Instant leaseUntil) {}

  /// A task run in the line of a limit.
  ///
  /// @param taskRun its id
  /// @param since when it came
  /// @param slots how many it wants
  public record Waiter(String taskRun, String flowRun, Instant since, int slots) {}
}
