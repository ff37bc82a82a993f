package dev.penstock.flow.remote;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Secret;
import dev.penstock.flow.code.FileStore;
import dev.penstock.flow.code.WireFormat;
import dev.penstock.flow.store.ApiKeys;
import dev.penstock.flow.store.Artifacts;
import dev.penstock.flow.store.AuditLog;
import dev.penstock.flow.store.BlockDocuments;
import dev.penstock.flow.store.Codes;
import dev.penstock.flow.store.DeadLetters;
import dev.penstock.flow.store.Deliveries;
import dev.penstock.flow.store.Deployments;
import dev.penstock.flow.store.Events;
import dev.penstock.flow.store.FlowRuns;
import dev.penstock.flow.store.Handovers;
import dev.penstock.flow.store.Limits;
import dev.penstock.flow.store.LoginAttempts;
import dev.penstock.flow.store.LoginSessions;
import dev.penstock.flow.store.OnlyAtDatabase;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Retained;
import dev.penstock.flow.store.Retention;
import dev.penstock.flow.store.RetentionSetting;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.RunSearch;
import dev.penstock.flow.store.Schedules;
import dev.penstock.flow.store.SealedValues;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoredAutomations;
import dev.penstock.flow.store.TaskCache;
import dev.penstock.flow.store.TaskRuns;
import dev.penstock.flow.store.Users;
import dev.penstock.flow.store.Variables;
import dev.penstock.flow.store.WorkPools;
import dev.penstock.flow.store.WorkQueues;
import dev.penstock.flow.store.Workers;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A store behind a server. What one thread writes is done in its order, as in a store that is a
/// database; what is for processes with the database is refused.
public final class RemoteStore implements Store {
  /// Where a secret is opened by its place, with the server's keys.
  public static final String OPEN = "secrets/open";

  static final List<WireFormat.Named> PLACE = List.of(new WireFormat.Named("place", String.class));

  private final ServerCalls server;
  private final Outbox outbox;
  private final Wakes wakes;
  private final Map<Class<?>, Object> concerns = new HashMap<>();

  private RemoteStore(ServerUrl url, Duration patience) {
    server = new ServerCalls(url, patience);
    outbox = new Outbox(server);
    wakes = new Wakes(server);
    for (Concern concern : Concern.all()) {
      concerns.put(concern.type(), proxy(concern));
    }
  }

  /// @param patience how long the server may be away before that is a failure
  public static RemoteStore of(ServerUrl url, Duration patience) {
    return new RemoteStore(url, patience);
  }

  private Object proxy(Concern concern) {
    Map<Method, RemoteMethod> methods = new HashMap<>();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> concern.type().getSimpleName() + " of a server";
            };
          }
          RemoteMethod remote;
          synchronized (methods) {
            remote = methods.computeIfAbsent(method, each -> new RemoteMethod(concern, each));
          }
          return ask(remote, method, arguments);
        };
    return Proxy.newProxyInstance(
        concern.type().getClassLoader(), new Class<?>[] {concern.type()}, handler);
  }

  private @Nullable Object ask(
      RemoteMethod remote, Method method, @Nullable Object @Nullable [] arguments) {
    if (!RemoteMethod.isRemote(method)) {
      throw new OnlyAtDatabase(remote.toString());
    }
    String sent = remote.arguments(arguments);
    if (remote.soon()) {
      return outbox.put(new Together.Call(remote.word(), sent));
    }
    outbox.settle();
    return remote.answer(server.ask(remote.word(), sent, remote.again()));
  }

  private <C> C of(Class<C> type) {
    return type.cast(requireNonNull(concerns.get(type)));
  }

  /// Files that tasks hand on.
  ///
  /// @param here where those are kept that came to this machine, or went from it
  public FileStore files(ResultFiles here) {
    return new RemoteFiles(server, here);
  }

  /// The text of a secret value.
  public Optional<Secret> open(String place) {
    String answer = server.ask(OPEN, WireFormat.writeAll(PLACE, new Object[] {place}), true);
    return Optional.ofNullable((Secret) WireFormat.read(Secret.class, answer));
  }

  @Override
  public FlowRuns flowRuns() {
    return of(FlowRuns.class);
  }

  @Override
  public TaskRuns taskRuns() {
    return of(TaskRuns.class);
  }

  @Override
  public TaskCache taskCache() {
    return of(TaskCache.class);
  }

  @Override
  public RunLogs logs() {
    return of(RunLogs.class);
  }

  @Override
  public Artifacts artifacts() {
    return of(Artifacts.class);
  }

  @Override
  public DeadLetters deadLetters() {
    return of(DeadLetters.class);
  }

  @Override
  public RunSearch search() {
    return of(RunSearch.class);
  }

  @Override
  public Deployments deployments() {
    return of(Deployments.class);
  }

  @Override
  public Codes codes() {
    return of(Codes.class);
  }

  @Override
  public Schedules schedules() {
    return of(Schedules.class);
  }

  @Override
  public WorkPools workPools() {
    return of(WorkPools.class);
  }

  @Override
  public WorkQueues workQueues() {
    return of(WorkQueues.class);
  }

  @Override
  public Workers workers() {
    return of(Workers.class);
  }

  @Override
  public Handovers handovers() {
    return of(Handovers.class);
  }

  @Override
  public Variables variables() {
    return of(Variables.class);
  }

  @Override
  public SealedValues sealedValues() {
    return of(SealedValues.class);
  }

  @Override
  public BlockDocuments blockDocuments() {
    return of(BlockDocuments.class);
  }

  @Override
  public Events events() {
    return of(Events.class);
  }

  @Override
  public StoredAutomations automations() {
    return of(StoredAutomations.class);
  }

  @Override
  public Deliveries deliveries() {
    return of(Deliveries.class);
  }

  @Override
  public Users users() {
    return of(Users.class);
  }

  @Override
  public ApiKeys apiKeys() {
    return of(ApiKeys.class);
  }

  @Override
  public AuditLog auditLog() {
    return of(AuditLog.class);
  }

  @Override
  public Limits limits() {
    return of(Limits.class);
  }

  @Override
  public RetentionSetting retentionSetting() {
    return of(RetentionSetting.class);
  }

  @Override
  public LoginSessions loginSessions() {
    throw new OnlyAtDatabase("LoginSessions");
  }

  @Override
  public LoginAttempts loginAttempts(Duration window) {
    throw new OnlyAtDatabase("LoginAttempts");
  }

  @Override
  public Retention retention(Supplier<Retained> setting) {
    throw new OnlyAtDatabase("Retention");
  }

  @Override
  public Retention retention(Supplier<Retained> setting, ResultFiles files) {
    throw new OnlyAtDatabase("Retention");
  }

  @Override
  public AutoCloseable listenForRuns(Consumer<String> listener) {
    return wakes.listen(Wakes.RUNS, listener);
  }

  @Override
  public AutoCloseable listenForSlots(Consumer<String> listener) {
    return wakes.listen(Wakes.SLOTS, listener);
  }

  @Override
  public void close() {
    outbox.close();
    wakes.close();
    server.close();
  }
}
