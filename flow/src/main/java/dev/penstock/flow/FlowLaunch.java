package dev.penstock.flow;

import dev.penstock.data.DidYouMean;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.FlowFailed;
import dev.penstock.flow.store.FlowRun;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A flow with the parameters that a process was started with.
///
/// @param parameters a JSON object
public record FlowLaunch(MethodProgram program, String parameters) {

  /// Chosen among the flows of a class by the arguments of its `main`.
  ///
  /// @throws IllegalArgumentException when there is no such flow
  /// @throws ParametersRefused with every parameter that is unknown, missing or ill-typed
  static FlowLaunch of(Class<?> program, String... args) {
    boolean named = args.length > 0 && !args[0].startsWith("-");
    if (named) {
      return named(program, args[0], Arrays.copyOfRange(args, 1, args.length));
    }
    return of(only(flows(program), program), args);
  }

  /// The flow of this name, or of a method of this name.
  static FlowLaunch named(Class<?> program, String flow, String... args) {
    return of(named(flows(program), flow), args);
  }

  private static FlowLaunch of(FlowMethod flow, String... args) {
    GivenParameters given = GivenParameters.launched().and(GivenParameters.ofArguments(args));
    ParameterSet set = flow.parameters();
    return new FlowLaunch(new MethodProgram(flow), JsonTree.write(set.toJson(set.bind(given))));
  }

  private static List<FlowMethod> flows(Class<?> program) {
    List<FlowMethod> flows = FlowMethods.of(program);
    if (flows.isEmpty()) {
      throw new IllegalArgumentException(
          program.getSimpleName()
              + " has no flow: put @Flow on the method to run, or keep flow(…) in a field");
    }
    return flows;
  }

  private static FlowMethod only(List<FlowMethod> flows, Class<?> program) {
    if (flows.size() > 1) {
      throw new IllegalArgumentException(
          program.getSimpleName()
              + " has "
              + flows.size()
              + " flows, say which as the first argument: "
              + String.join(", ", names(flows)));
    }
    return flows.getFirst();
  }

  private static FlowMethod named(List<FlowMethod> flows, String name) {
    return flows.stream()
        .filter(flow -> flow.name().equals(name) || flow.member().getName().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no flow \""
                    + name
                    + "\""
                    + DidYouMean.hint(name, names(flows))
                    + " There are: "
                    + String.join(", ", names(flows))));
  }

  private static List<String> names(List<FlowMethod> flows) {
    return flows.stream().map(FlowMethod::name).toList();
  }

  /// Runs it in this process until it is over.
  void run() {
    try {
      FlowEnd end =
          LocalRuntime.engine().runHere(program, FlowRun.Call.of(parameters, List.of()), source());
      FlowFailed.unless(end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Goes on with a recorded run in this process until it is over.
  ///
  /// @param run its id
  /// @param program the classes of the program that it is a run of
  /// @throws IllegalArgumentException when none of them has its flow
  /// @throws IllegalStateException when another process holds it
  public static void goOn(String run, List<Class<?>> program) {
    FlowRun found =
        LocalRuntime.store()
            .flowRuns()
            .find(run)
            .orElseThrow(() -> new IllegalArgumentException("there is no flow run " + run));
    List<FlowMethod> flows =
        program.stream().flatMap(type -> FlowMethods.of(type).stream()).toList();
    MethodProgram code = new MethodProgram(named(flows, found.origin().flow()));
    try {
      FlowEnd end = LocalRuntime.engine().runHere(run, code);
      if (end.state().type().isHeld() && end.failure() == null) {
        throw new IllegalStateException(
            "flow run '"
                + end.name()
                + "' is held by "
                + found.owner()
                + "; it can be taken when that has given no sign of life for 15 s");
      }
      FlowFailed.unless(end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable String source() {
    return System.getProperty("penstock.source");
  }
}
