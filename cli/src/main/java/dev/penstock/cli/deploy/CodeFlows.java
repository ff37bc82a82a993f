package dev.penstock.cli.deploy;

import dev.penstock.data.DidYouMean;
import dev.penstock.flow.FlowMethod;
import dev.penstock.flow.FlowMethods;
import java.util.ArrayList;
import java.util.List;

/// The flows in a piece of code.
///
/// @param what the code, for people: `taxi.java`
record CodeFlows(String what, List<FlowMethod> flows, ClassLoader loader) {

  /// Those of classes.
  ///
  /// @param names of classes that the loader has
  static CodeFlows of(String what, List<String> names, ClassLoader loader) {
    List<FlowMethod> flows = new ArrayList<>();
    for (String name : names) {
      try {
        flows.addAll(FlowMethods.of(Class.forName(name, false, loader)));
      } catch (ClassNotFoundException e) {
        throw new DeployRefused("there is no class " + name + " in " + what);
      }
    }
    return new CodeFlows(what, List.copyOf(flows), loader);
  }

  /// The flow of this name.
  DeployedFlow named(String name) {
    return flows.stream()
        .filter(flow -> flow.name().equals(name))
        .findFirst()
        .map(flow -> new DeployedFlow(flow, loader))
        .orElseThrow(() ->
            new DeployRefused(
                "there is no flow \""
                    + name
                    + "\" in "
                    + what
                    + DidYouMean.hint(name, names())
                    + told()));
  }

  /// The only flow.
  DeployedFlow only() {
    if (flows.size() != 1) {
      throw new DeployRefused(
          flows.isEmpty()
              ? what + " has no flow: put @Flow on the method to run"
              : what + " has " + flows.size() + " flows" + told() + ": write " + what + ":FLOW");
    }
    return new DeployedFlow(flows.getFirst(), loader);
  }

  private List<String> names() {
    return flows.stream().map(FlowMethod::name).toList();
  }

  private String told() {
    return flows.isEmpty() ? "; it has no flows" : " (" + String.join(", ", names()) + ")";
  }
}
