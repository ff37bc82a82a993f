package dev.penstock.flow;

import dev.penstock.flow.code.CodeVersion;
import dev.penstock.flow.code.ValueCodec;
import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.engine.FlowSettings;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.pipeline.plan.Retry;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A flow that is a method with [Flow].
///
/// @param receiver what it is called on; null for a new instance, or for a static method
public record MethodProgram(FlowMethod flowMethod, @Nullable Object receiver)
    implements FlowProgram {
  public MethodProgram(FlowMethod flowMethod) {
    this(flowMethod, null);
  }

  @Override
  public String flow() {
    return flowMethod.name();
  }

  @Override
  public @Nullable String version() {
    return flowMethod
        .settings()
        .version()
        .orElseGet(() -> CodeVersion.of(flowMethod.method().getDeclaringClass()));
  }

  @Override
  public FlowSettings settings() {
    FlowMethod.Settings said = flowMethod.settings();
    Retry retry = said.retries() == 0 ? null : Retry.times(said.retries()).every(said.retryDelay());
    return new FlowSettings(retry, said.timeout().orElse(null), said.logPrints(), List.of());
  }

  @Override
  public @Nullable String call(String parameters) throws Exception {
    @Nullable Object[] values = flowMethod.parameters().bindJson(withInterval(parameters));
    Method method = flowMethod.method();
    method.setAccessible(true);
    try {
      Object result = method.invoke(receiver == null ? instance(method) : receiver, values);
      return method.getReturnType() == void.class
          ? null
          : ValueCodec.of(method.getGenericReturnType(), Results.files()).writeChecked(result);
    } catch (InvocationTargetException e) {
      throw thrown(e);
    }
  }

  private Map<String, @Nullable Object> withInterval(String parameters) {
    Map<String, @Nullable Object> json = JsonTree.readObject(parameters);
    FlowRun.Call run = Calls.flowRun().call();
    if (run.intervalFrom() != null && run.intervalTo() != null) {
      Map<String, String> interval =
          Map.of("from", run.intervalFrom().toString(), "to", run.intervalTo().toString());
      flowMethod.intervals().forEach(name -> json.putIfAbsent(name, interval));
    }
    return json;
  }

  private static @Nullable Object instance(Method method) throws ReflectiveOperationException {
    if (Modifier.isStatic(method.getModifiers())) {
      return null;
    }
    Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static Exception thrown(InvocationTargetException e) {
    return switch (e.getCause()) {
      case Error error -> throw error;
      case Exception exception -> exception;
      case null, default -> e;
    };
  }
}
