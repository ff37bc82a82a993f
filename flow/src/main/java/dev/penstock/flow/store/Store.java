package dev.penstock.flow.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Where flows, their runs and all that belongs to them are remembered. Safe for use by several
/// threads, and by several processes at once.
public interface Store extends AutoCloseable {
  /// Opens a store, making its tables when they are not there.
  ///
  /// @throws StoreUnavailable when it cannot be reached, or is of a newer version
  static Store open(StoreUrl url) {
    return open(url, InstantSource.system());
  }

  /// The same by another clock, which is the clock of the store where that is a file.
  static Store open(StoreUrl url, InstantSource clock) {
    return new SqlStore(new JdbcDatabase(url, clock));
  }

  FlowRuns flowRuns();

  TaskRuns taskRuns();

  TaskCache taskCache();

  RunLogs logs();

  Artifacts artifacts();

  DeadLetters deadLetters();

  RunSearch search();

  Deployments deployments();

  Codes codes();

  Schedules schedules();

  WorkPools workPools();

  WorkQueues workQueues();

  Workers workers();

  Handovers handovers();

  Variables variables();

  SealedValues sealedValues();

  BlockDocuments blockDocuments();

  Events events();

  StoredAutomations automations();

  Deliveries deliveries();

  Users users();

  @AtDatabase
  LoginSessions loginSessions();

  /// Counts attempts to log in.
  ///
  /// @param window in which attempts are counted
  LoginAttempts loginAttempts(Duration window);

  ApiKeys apiKeys();

  AuditLog auditLog();

  Limits limits();

  RetentionSetting retentionSetting();

  /// Deletes what need not be kept; the database's own rows only.
  Retention retention(Supplier<Retained> setting);

  /// The same with the files of results.
  Retention retention(Supplier<Retained> setting, ResultFiles files);

  /// Calls a listener when runs come to wait in a pool: soon, but not surely.
  ///
  /// @param listener given the pool
  AutoCloseable listenForRuns(Consumer<String> listener);

  /// Calls a listener when a slot was given back: soon, but not surely.
  ///
  /// @param listener given the key of the limit, `tag db`
  AutoCloseable listenForSlots(Consumer<String> listener);

  /// Commits what was submitted, and closes all connections.
  @Override
  void close();
}
