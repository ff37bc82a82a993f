package dev.penstock.flow.store;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A store that is a database.
final class SqlStore implements Store {
  private final Database database;

  SqlStore(Database database) {
    this.database = database;
  }

  @Override
  public FlowRuns flowRuns() {
    return new SqlFlowRuns(database);
  }

  @Override
  public TaskRuns taskRuns() {
    return new SqlTaskRuns(database);
  }

  @Override
  public TaskCache taskCache() {
    return new SqlTaskCache(database);
  }

  @Override
  public RunLogs logs() {
    return new SqlRunLogs(database);
  }

  @Override
  public Artifacts artifacts() {
    return new SqlArtifacts(database);
  }

  @Override
  public DeadLetters deadLetters() {
    return new SqlDeadLetters(database);
  }

  @Override
  public RunSearch search() {
    return new SqlRunSearch(database);
  }

  @Override
  public Deployments deployments() {
    return new SqlDeployments(database);
  }

  @Override
  public Codes codes() {
    return new SqlCodes(database);
  }

  @Override
  public Schedules schedules() {
    return new SqlSchedules(database);
  }

  @Override
  public WorkPools workPools() {
    return new SqlWorkPools(database);
  }

  @Override
  public WorkQueues workQueues() {
    return new SqlWorkQueues(database);
  }

  @Override
  public Workers workers() {
    return new SqlWorkers(database);
  }

  @Override
  public Handovers handovers() {
    return new SqlHandovers(database);
  }

  @Override
  public Variables variables() {
    return new SqlVariables(database);
  }

  @Override
  public SealedValues sealedValues() {
    return new SqlSealedValues(database);
  }

  @Override
  public BlockDocuments blockDocuments() {
    return new SqlBlockDocuments(database);
  }

  @Override
  public Events events() {
    return new SqlEvents(database);
  }

  @Override
  public StoredAutomations automations() {
    return new SqlStoredAutomations(database);
  }

  @Override
  public Deliveries deliveries() {
    return new SqlDeliveries(database);
  }

  @Override
  public Users users() {
    return new SqlUsers(database);
  }

  @Override
  public LoginSessions loginSessions() {
    return new SqlLoginSessions(database);
  }

  @Override
  public LoginAttempts loginAttempts(Duration window) {
    return new SqlLoginAttempts(database, window);
  }

  @Override
  public ApiKeys apiKeys() {
    return new SqlApiKeys(database);
  }

  @Override
  public AuditLog auditLog() {
    return new SqlAuditLog(database);
  }

  @Override
  public Limits limits() {
    return new SqlLimits(database);
  }

  @Override
  public RetentionSetting retentionSetting() {
    return new SqlRetentionSetting(database);
  }

  @Override
  public Retention retention(Supplier<Retained> setting) {
    return new Retention(database, setting, Optional.empty());
  }

  @Override
  public Retention retention(Supplier<Retained> setting, ResultFiles files) {
    return new Retention(database, setting, Optional.of(files));
  }

  @Override
  public AutoCloseable listenForRuns(Consumer<String> listener) {
    return listen(SqlFlowRuns.pool(""), listener);
  }

  @Override
  public AutoCloseable listenForSlots(Consumer<String> listener) {
    return listen(Slots.topic(""), listener);
  }

  private AutoCloseable listen(String topics, Consumer<String> listener) {
    return database.listen(topic -> {
      if (topic.startsWith(topics)) {
        listener.accept(topic.substring(topics.length()));
      }
    });
  }

  @Override
  public void close() {
    database.close();
  }
}
