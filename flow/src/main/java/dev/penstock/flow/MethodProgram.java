package dev.penstock.flow;

import dev.penstock.flow.code.CodeVersion;
import dev.penstock.flow.code.ValueCodec;
import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.engine.FlowSettings;
import dev.penstock.flow.store.FlowRun;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A flow of a class.
///
/// @param receiver what it is called on; null for a new instance, or for what is static
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
        .orElseGet(() -> CodeVersion.of(flowMethod.member().getDeclaringClass()));
  }

  @Override
  public FlowSettings settings() {
    return flowMethod.settings().forEngine();
  }

  @Override
  public @Nullable String call(String parameters) throws Exception {
    @Nullable Object[] values = flowMethod.parameters().bindJson(withInterval(parameters));
    if (flowMethod.member() instanceof Field field) {
      definition(field, receiver).run(values);
      return null;
    }
    return call((Method) flowMethod.member(), values);
  }

  private @Nullable String call(Method method, @Nullable Object[] values) throws Exception {
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

  /// What a field holds, of a new instance if there is none.
  ///
  /// @throws IllegalArgumentException when it cannot be read, or holds nothing
  static FlowDefinition<?> definition(Field field, @Nullable Object receiver) {
    String where = "field " + field.getName() + " of " + field.getDeclaringClass().getSimpleName();
    try {
      field.setAccessible(true);
      if (field.get(receiver == null ? instance(field) : receiver)
          instanceof FlowDefinition<?> definition) {
        return definition;
      }
      throw new IllegalArgumentException(where + " is to be a flow and holds null");
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(where + " cannot be read: " + e, e);
    }
  }

  private static @Nullable Object instance(Member member) throws ReflectiveOperationException {
    if (Modifier.isStatic(member.getModifiers())) {
      return null;
    }
    Constructor<?> constructor = member.getDeclaringClass().getDeclaredConstructor();
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
