package dev.penstock.flow;

import dev.penstock.flow.code.MethodReference;
import dev.penstock.flow.code.ValueCodec;
import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.Format;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A flow that is called from a flow, by a reference to its method.
final class SubflowCall {
  private static final ValueCodec NOTHING = ValueCodec.of(Void.class);

  private SubflowCall() {}

  static <R extends @Nullable Object> R of(Serializable flow, @Nullable Object... values) {
    MethodReference reference = MethodReference.of(flow);
    FlowMethod method = flowMethod(reference);
    String parameters = JsonTree.write(method.parameters().toJson(values));
    ValueCodec codec = ValueCodec.of(reference.returnType(), Results.files());
    return Calls.subflow(
        new MethodProgram(method, reference.receiver()), parameters, new OfCodec<>(codec));
  }

  static <P extends Record> void of(FlowDefinition<P> flow, P parameters) {
    Calls.subflow(new DefinitionProgram(flow), flow.toJson(parameters), new OfCodec<>(NOTHING));
  }

  private static FlowMethod flowMethod(MethodReference reference) {
    return FlowMethods.of(reference.method().getDeclaringClass()).stream()
        .filter(flow -> flow.member().equals(reference.method()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                reference.lambda()
                    ? "subflow takes a reference to a method with @Flow, such as this::report,"
                        + " was a lambda"
                    : "subflow takes a method with @Flow; "
                        + reference.method().getName()
                        + " has none"));
  }

  /// What a flow returns, as JSON.
  private record OfCodec<R extends @Nullable Object>(ValueCodec codec) implements Format<R> {
    @Override
    public @Nullable String write(R result) {
      return codec.write(result);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the codec is of the type of R
    public R read(@Nullable String kept) {
      return (R) codec.read(kept == null ? "null" : kept);
    }
  }
}
