package dev.penstock.flow.simulation;

import java.util.List;

/// What might be wrong with the product. Each is planted into the statements on their way to the
/// database, or into the way threads wait; the product's code knows nothing of it.
enum PlantedBug {
  /// The product as it is.
  NONE,

  /// Whoever has lost a run goes on writing for it.
  FENCE_DROPPED(
      "FROM flow_run WHERE id = :run AND fence = :fence AND lease_owner = :owner",
      "FROM flow_run WHERE id = :run AND (fence = :fence AND lease_owner = :owner OR 1 = 1)"),

  /// A process that takes a run again which it had lost has the same right to it as before.
  FENCE_NOT_RAISED("fence = fence + 1", "fence = fence"),

  /// A lease is over in the moment in which it still holds.
  LEASE_OFF_BY_ONE("lease_until < :now", "lease_until <= :now"),

  /// What a lost process has called is not taken from it.
  SUBFLOWS_NOT_FENCED(
      "WHERE root = :run RETURNING CASE", "WHERE root = :run AND 1 = 0 RETURNING CASE"),

  /// Runs that were taken by a process which died before it began them.
  PENDING_FORGOTTEN(
      "AND state_type IN ('PENDING', 'RUNNING', 'CANCELLING') LIMIT",
      "AND state_type IN ('RUNNING', 'CANCELLING') LIMIT"),

  /// Workers look for runs only when they are told of them.
  WORD_TRUSTED,

  /// How many tasks with a tag run is counted up and down, instead of who they are.
  COUNTERS_FOR_SLOTS(
      "SET holder = :holder, flow_run",
      "SET holder = :holder || '/' || number, flow_run",
      "WHERE holder = :holder AND flow_run = :run",
      "WHERE holder = :holder AND flow_run = :run AND key NOT LIKE 'tag %'",
      "WHERE holder = :id RETURNING key",
      """
      WHERE key LIKE 'tag %' AND :id IS NOT NULL AND number = (
        SELECT max(number) FROM concurrency_slot one
        WHERE one.key = concurrency_slot.key AND holder IS NOT NULL) RETURNING key
      """,
      "WHERE flow_run = :id RETURNING key",
      "WHERE flow_run = :id AND key NOT LIKE 'tag %' RETURNING key"),

  /// The slots of tasks are not given back when their process is lost.
  SLOTS_LEFT(
      "WHERE flow_run = :id RETURNING key",
      "WHERE flow_run = :id AND holder = flow_run RETURNING key"),

  /// A slot that somebody has is given to another.
  SLOT_TAKEN_TWICE("AND holder IS NULL AND free_at <= :now", "AND free_at <= :now"),

  /// A run that has a slot has it for all of its tasks at once.
  SLOT_OF_THE_RUN(
      "SELECT count(*) FROM concurrency_slot",
      "SELECT 1 + count(*) FROM concurrency_slot",
      "AND holder IS NULL AND free_at <= :now\n  ORDER BY",
      "AND (holder IS NULL OR flow_run = :run) AND free_at <= :now\n  ORDER BY"),

  /// What an automation has to do is forgotten when whoever began to do it is lost.
  DELIVERY_FORGOTTEN(
      "WHERE state = 'WAITING' AND due_at <= :now",
      "WHERE state = 'WAITING' AND attempts = 0 AND due_at <= :now"),

  /// The time of tasks and flows is never over.
  NO_TIMEOUT,

  /// Schedulers do not see that another has taken the step; the index of ticks would.
  TICKS_DOUBLED(
      "AND last_tick = :seen AND active = 1", "AND :seen IS NOT NULL AND active = 1",
      "tick = :tick WHERE", "tick = nullif(:tick, :tick) WHERE"),

  /// Whoever was not answered, and asks again, gets another run.
  KEY_IGNORED(":key, 'SCHEDULED'", "nullif(:key, :key), 'SCHEDULED'"),

  /// A replay does not find what tasks have returned.
  RESULTS_NOT_FOUND("AND path >= :path", "AND path > :path");

  private final List<String> replacements;

  /// @param replacements what stands in statements, and what is put into its place
  PlantedBug(String... replacements) {
    this.replacements = List.of(replacements);
  }

  /// What becomes of a statement.
  String statement(String sql) {
    String planted = sql;
    for (int i = 0; i < replacements.size(); i += 2) {
      planted = planted.replace(replacements.get(i), replacements.get(i + 1));
    }
    return planted;
  }

  /// Whether the time that timeouts are counted by stands still.
  boolean stopsTime() {
    return this == NO_TIMEOUT;
  }

  /// Whether threads that wait for word wait until it comes.
  boolean waitsForWord() {
    return this == WORD_TRUSTED;
  }
}
