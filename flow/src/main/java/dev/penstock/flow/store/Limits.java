package dev.penstock.flow.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many may do something at once: as rows, one for each slot, which whoever has it holds under
/// the lease of its flow run. Flow runs take the slots of their deployment, pool and queue when
/// they are claimed, all or none; tasks ask by tag when they begin.
public interface Limits {
  /// Makes a limit.
  ///
  /// @return false when there is one with this key, which is left as it is
  boolean create(Limit limit);

  /// Changes a limit. Whoever holds a slot keeps it, also when there are too many then.
  ///
  /// @return false when there is none with this key
  boolean update(Limit limit);

  /// Changes a limit from what somebody has seen.
  ///
  /// @return whether it was as they saw it
  boolean replace(Limit seen, Limit limit);

  /// Makes a limit, or changes it.
  @Again
  void set(Limit limit);

  /// Ends a limit: whoever waits for it goes on.
  ///
  /// @return whether there was one
  boolean delete(LimitKey key);

  /// All limits by key, and who has their slots.
  @Again
  List<LimitUse> list();

  @Again
  Optional<LimitUse> find(LimitKey key);

  /// Those who wait for slots of a limit, the first in line first.
  ///
  /// @param most how many of them
  @Again
  List<LimitUse.Waiter> line(LimitKey key, int most);

  /// Takes slots of each of these limits that there is, for a task run, or none of them and a place
  /// in line. To be asked again from time to time, and when [Store#listenForSlots] says so. They
  /// are given back when the task run moves to a state in which it does not run, by [#release], and
  /// when the lease ends.
  ///
  /// @param label the task run, for people: `task run 'extract-0'`
  /// @return why it has to wait; empty when it has them
  /// @throws Fenced when another has taken the flow run since
  @Again
  Optional<String> acquire(Lease lease, String taskRun, String label, List<SlotDemand> limits);

  /// Gives back what a task run holds, and its place in line.
  @Again
  void release(Lease lease, String taskRun);

  /// Frees slots by hand, also those that were given back and stay taken for a while. Whoever held
  /// one goes on without it, so that more than the limit may be at work then.
  ///
  /// @param holder whose slots only: a flow run or task run; null for all
  /// @return how many
  int free(LimitKey key, @Nullable String holder);
}
