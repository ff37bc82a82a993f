package dev.penstock.flow;

import dev.penstock.flow.TaskFunctions.Call0;
import dev.penstock.flow.code.MethodReference;
import dev.penstock.flow.code.ValueCodec;
import dev.penstock.flow.engine.TaskRunning;
import dev.penstock.flow.engine.TaskWork;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Work that looks for something that may not be there yet.
///
/// @param <R> what it looks for
record OptionalWork<R>(Callable<Optional<R>> look, ValueCodec codec)
    implements TaskWork<@Nullable R> {
  static <R> OptionalWork<R> of(Call0<Optional<R>> look) {
    Type type = MethodReference.of(look).returnType();
    Type value =
        type instanceof ParameterizedType generic
            ? generic.getActualTypeArguments()[0]
            : Object.class;
    return new OptionalWork<>(look::call, ValueCodec.of(value, Results.files()));
  }

  /// What somebody else gives.
  static <R> OptionalWork<R> answer(Class<R> type) {
    return new OptionalWork<>(Optional::empty, ValueCodec.of(type, Results.files()));
  }

  @Override
  public @Nullable R run(TaskRunning running) throws Exception {
    return look.call().orElse(null);
  }

  @Override
  public @Nullable String write(@Nullable R result) {
    return codec.writeChecked(result);
  }

  @Override
  @SuppressWarnings("unchecked") // the codec is of the type of R
  public @Nullable R read(@Nullable String kept) {
    return kept == null ? null : (R) codec.read(kept);
  }
}
