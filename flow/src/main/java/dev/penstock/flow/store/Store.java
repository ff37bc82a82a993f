package dev.penstock.flow.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Where flows, their runs and all that belongs to them are remembered. Safe for use by several
/// threads, and by several processes at once.
public final class Store implements AutoCloseable {
  private final Database database;

  Store(Database database) {
    this.database = database;
  }

  /// Opens a store, making its tables when they are not there.
  ///
  /// @throws StoreUnavailable when it cannot be reached, or is of a newer version
  public static Store open(StoreUrl url) {
    return open(url, InstantSource.system());
  }

  /// The same by another clock, which is the clock of the store where that is a file.
  public static Store open(StoreUrl url, InstantSource clock) {
    return new Store(new JdbcDatabase(url, clock));
  }

  public FlowRuns flowRuns() {
    return new FlowRuns(database);
  }

  public TaskRuns taskRuns() {
    return new TaskRuns(database);
  }

  public TaskCache taskCache() {
    return new TaskCache(database);
  }

  public RunLogs logs() {
    return new RunLogs(database);
  }

  public Artifacts artifacts() {
    return new Artifacts(database);
  }

  public DeadLetters deadLetters() {
    return new DeadLetters(database);
  }

  public RunSearch search() {
    return new RunSearch(database);
  }

  public Deployments deployments() {
    return new Deployments(database);
  }

  public Codes codes() {
    return new Codes(database);
  }

  public Schedules schedules() {
    return new Schedules(database);
  }

  public WorkPools workPools() {
    return new WorkPools(database);
  }

  public WorkQueues workQueues() {
    return new WorkQueues(database);
  }

  public Workers workers() {
    return new Workers(database);
  }

  public Handovers handovers() {
    return new Handovers(database);
  }

  public Variables variables() {
    return new Variables(database);
  }

  public SealedValues sealedValues() {
    return new SealedValues(database);
  }

  public BlockDocuments blockDocuments() {
    return new BlockDocuments(database);
  }

  public Events events() {
    return new Events(database);
  }

  public StoredAutomations automations() {
    return new StoredAutomations(database);
  }

  public Deliveries deliveries() {
    return new Deliveries(database);
  }

  public Users users() {
    return new Users(database);
  }

  public LoginSessions loginSessions() {
    return new LoginSessions(database);
  }

  /// @param window in which attempts are counted
  public LoginAttempts loginAttempts(Duration window) {
    return new LoginAttempts(database, window);
  }

  public ApiKeys apiKeys() {
    return new ApiKeys(database);
  }

  public AuditLog auditLog() {
    return new AuditLog(database);
  }

  public Limits limits() {
    return new Limits(database);
  }

  /// Deletes what need not be kept; the database's own rows only.
  public Retention retention(Retained retained) {
    return new Retention(database, retained, Optional.empty());
  }

  /// The same with the files of results.
  public Retention retention(Retained retained, ResultFiles files) {
    return new Retention(database, retained, Optional.of(files));
  }

  /// Calls a listener when runs come to wait in a pool: soon, but not surely.
  public AutoCloseable listen(PoolListener listener) {
    return database.listen(topic -> {
      if (topic.startsWith("pool ")) {
        listener.waiting(topic.substring("pool ".length()));
      }
    });
  }

  /// Told of pools in which runs have come to wait.
  @FunctionalInterface
  public interface PoolListener {
    void waiting(String pool);
  }

  /// Commits what was submitted, and closes all connections.
  @Override
  public void close() {
    database.close();
  }
}
