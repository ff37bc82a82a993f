package dev.penstock.flow;

import dev.penstock.data.Secret;
import dev.penstock.flow.TaskFunctions.Call0;
import dev.penstock.flow.TaskFunctions.Call1;
import dev.penstock.flow.TaskFunctions.Call2;
import dev.penstock.flow.TaskFunctions.Call3;
import dev.penstock.flow.TaskFunctions.Call4;
import dev.penstock.flow.TaskFunctions.Call5;
import dev.penstock.flow.TaskFunctions.Run0;
import dev.penstock.flow.TaskFunctions.Run1;
import dev.penstock.flow.TaskFunctions.Run2;
import dev.penstock.flow.TaskFunctions.Run3;
import dev.penstock.flow.TaskFunctions.Run4;
import dev.penstock.flow.TaskFunctions.Run5;
import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.HeldLimit;
import dev.penstock.flow.store.Variable;
import dev.penstock.flow.vault.StoredConnections;
import dev.penstock.pipeline.Steps;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The words of flows, to import statically: those of [Steps], and the following.
public class Flows extends Steps {
  /// Logs to the flow run, or the task run, that the calling thread is in; elsewhere to standard
  /// error.
  public static final Logger log = new FlowLogger();

  static {
    StoredConnections.resolveByDefault(
        LocalRuntime::vault); // connection("name") may be a stored block
  }

  protected Flows() {}

  /// A stored variable.
  public static Variable variable(String name) {
    return LocalRuntime.store().variables().get(name);
  }

  /// A stored secret. Its text is shown by nothing but [Secret#reveal].
  public static Secret secret(String name) {
    return LocalRuntime.vault().secrets().get(name);
  }

  /// A stored block: the settings of an external system, `block(Smtp.class, "office")`.
  public static <R extends Record> R block(Class<R> type, String name) {
    return LocalRuntime.vault().blocks().get(type, name);
  }

  /// A task of this name, to be set and called: `task("load").retries(3).run(this::load, file)`.
  public static Task task(String name) {
    return new Task(name);
  }

  /// Something for people to look at, left with the flow run or task run that this thread is in:
  /// `artifact("rows-by-day").table(rows)`. The same key again is a new version of the same thing.
  ///
  /// @param key lower-case letters, digits and dashes
  public static Artifact artifact(String key) {
    return new Artifact(key);
  }

  /// A flow as a value, to be kept in a field of the program: `flow("ingest", Month.class,
  /// this::ingest)`.
  ///
  /// @param parameters the record of its parameters
  public static <P extends Record> FlowDefinition<P> flow(
      String name, Class<P> parameters, Run1<P> body) {
    return new FlowDefinition<>(name, parameters, body);
  }

  /// The same without parameters.
  public static FlowDefinition<NoParameters> flow(String name, Run0 body) {
    return new FlowDefinition<>(name, NoParameters.class, _ -> body.run());
  }

  /// A slot of a global limit, waited for, and held until it is closed: `try (var _ =
  /// limit("warehouse")) { … }`. How many there are is set by `penstock concurrency-limit`, for all
  /// runs of the store together; without such a limit nothing is held back.
  public static HeldLimit limit(String name) {
    return limit(name, 1);
  }

  /// The same with several slots at once: of work that weighs more than other.
  public static HeldLimit limit(String name, int slots) {
    return Calls.limit(name, slots);
  }

  /// Waits until the next use of a global limit whose slots come back by themselves after a while:
  /// so many in that while, over all runs of the store.
  public static void rateLimit(String name) {
    limit(name).close();
  }

  /// Runs the flow of the calling class, with the parameters that its process was started with: the
  /// last line of a `main`. Returns when it has completed; throws what it failed with.
  ///
  /// Where a class has several flows, the first argument says which.
  ///
  /// @param args of `main`: `[FLOW] --param NAME=VALUE …`
  public static void runFlow(String... args) {
    Class<?> caller =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    FlowLaunch.of(caller, args).run();
  }

  /// The same for one of several flows, by its name or that of its method.
  public static void runFlow(String flow, String[] args) {
    Class<?> caller =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    FlowLaunch.named(caller, flow, args).run();
  }

  /// Waits until something is there, and returns it. While it waits, the run holds no thread: the
  /// body is run again when it is time to look.
  ///
  /// @param what for people: `file is there`
  /// @param every how often to look
  /// @param timeout how long at most
  /// @param look gives the value when it is there
  public static <R> R waitFor(
      String what, Duration every, Duration timeout, Call0<Optional<R>> look) {
    return Calls.waitFor(new Calls.Waiting(what, every, timeout), OptionalWork.of(look));
  }

  /// Asks somebody, and returns the answer: the run is paused until it is resumed with one.
  ///
  /// @param question for people
  /// @param timeout how long to wait for the answer
  /// @param answer what it must be
  public static <R> R ask(String question, Duration timeout, Class<R> answer) {
    return Calls.ask(question, timeout, OptionalWork.answer(answer));
  }

  /// Calls what is to be taken back together: when it fails, its tasks with `onRollback` are taken
  /// back, the last one first.
  public static <R extends @Nullable Object> R transaction(Call0<R> body) {
    return Calls.transaction(body::call);
  }

  /// Calls a flow as a run of its own, on this thread, and returns what it returns.
  public static <R extends @Nullable Object> R subflow(Call0<R> flow) {
    return SubflowCall.of(flow);
  }

  /// Calls a flow of one parameter, as a run of its own.
  public static <A extends @Nullable Object, R extends @Nullable Object> R subflow(
      Call1<A, R> flow, A a) {
    return SubflowCall.of(flow, a);
  }

  /// Calls a flow of two parameters, as a run of its own.
  public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      R subflow(Call2<A, B, R> flow, A a, B b) {
    return SubflowCall.of(flow, a, b);
  }

  /// Calls a flow of three parameters, as a run of its own.
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      R subflow(Call3<A, B, C, R> flow, A a, B b, C c) {
    return SubflowCall.of(flow, a, b, c);
  }

  /// Calls a flow of four parameters, as a run of its own.
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      R subflow(Call4<A, B, C, D, R> flow, A a, B b, C c, D d) {
    return SubflowCall.of(flow, a, b, c, d);
  }

  /// Calls a flow of five parameters, as a run of its own.
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      R subflow(Call5<A, B, C, D, E, R> flow, A a, B b, C c, D d, E e) {
    return SubflowCall.of(flow, a, b, c, d, e);
  }

  /// Calls a flow that is a value as a run of its own, on this thread.
  public static <P extends Record> void subflow(FlowDefinition<P> flow, P parameters) {
    SubflowCall.of(flow, parameters);
  }

  /// Calls a flow that is a value and takes no parameters, as a run of its own.
  public static void subflow(FlowDefinition<NoParameters> flow) {
    SubflowCall.of(flow, new NoParameters());
  }

  /// Calls a flow that returns nothing as a run of its own, on this thread.
  public static void subflow(Run0 flow) {
    SubflowCall.of(flow);
  }

  /// Calls a flow of one parameter that returns nothing, as a run of its own.
  public static <A extends @Nullable Object> void subflow(Run1<A> flow, A a) {
    SubflowCall.of(flow, a);
  }

  /// Calls a flow of two parameters that returns nothing, as a run of its own.
  public static <A extends @Nullable Object, B extends @Nullable Object> void subflow(
      Run2<A, B> flow, A a, B b) {
    SubflowCall.of(flow, a, b);
  }

  /// Calls a flow of three parameters that returns nothing, as a run of its own.
  public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      void subflow(Run3<A, B, C> flow, A a, B b, C c) {
    SubflowCall.of(flow, a, b, c);
  }

  /// Calls a flow of four parameters that returns nothing, as a run of its own.
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      void subflow(Run4<A, B, C, D> flow, A a, B b, C c, D d) {
    SubflowCall.of(flow, a, b, c, d);
  }

  /// Calls a flow of five parameters that returns nothing, as a run of its own.
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
      void subflow(Run5<A, B, C, D, E> flow, A a, B b, C c, D d, E e) {
    SubflowCall.of(flow, a, b, c, d, e);
  }
}
