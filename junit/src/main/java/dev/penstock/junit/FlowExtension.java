package dev.penstock.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Makes the [TestFlows] of a test when it asks for it; JUnit closes it with the test.
final class FlowExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == TestFlows.class;
  }

  @Override
  public TestFlows resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getStore(Namespace.create(FlowExtension.class))
        .computeIfAbsent(TestFlows.class, _ -> new TestFlows(), TestFlows.class);
  }
}
