package dev.penstock.flow;

import dev.penstock.flow.code.Fingerprint;
import dev.penstock.flow.code.MethodReference;
import dev.penstock.flow.code.ValueCodec;
import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.TaskRunning;
import dev.penstock.flow.engine.TaskWork;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The work of a task that calls a function of the user's.
///
/// @param <R> its result
final class FunctionWork<R extends @Nullable Object> implements TaskWork<R> {
  private final Callable<R> body;
  private final ValueCodec codec;
  private final @Nullable String cacheKey;
  private final Task.@Nullable Undo<R> undo;

  private FunctionWork(
      Callable<R> body, ValueCodec codec, @Nullable String cacheKey, Task.@Nullable Undo<R> undo) {
    this.body = body;
    this.codec = codec;
    this.cacheKey = cacheKey;
    this.undo = undo;
  }

  @SuppressWarnings("unchecked") // whoever sets `onRollback` says what the task returns
  static <R extends @Nullable Object> FunctionWork<R> of(
      String task,
      Serializable function,
      Callable<R> body,
      @Nullable Cache cache,
      Task.@Nullable Undo<?> undo,
      @Nullable Object... inputs) {
    MethodReference reference = MethodReference.of(function);
    String key = cache == null ? null : key(task, reference, cache, inputs);
    ValueCodec codec = ValueCodec.of(reference.returnType(), Results.files());
    return new FunctionWork<>(body, codec, key, (Task.@Nullable Undo<R>) undo);
  }

  private static String key(
      String task, MethodReference reference, Cache cache, @Nullable Object... inputs) {
    List<String> parts = new ArrayList<>(List.of(task));
    if (cache.on().contains(Cache.Part.INPUTS)) {
      if (inputs.length == 0) {
        throw new IllegalArgumentException(
            "task '"
                + task
                + "' is cached by its inputs and has none: hand them over as arguments, such as"
                + " call(this::"
                + (reference.lambda() ? "extract" : reference.method().getName())
                + ", month), or cache it by a key of your own, cache(Cache.byKey(…))");
      }
      List<Type> types = inputTypes(reference, inputs.length);
      for (int i = 0; i < inputs.length; i++) {
        parts.add(ValueCodec.of(types.get(i), Results.files()).write(inputs[i]));
      }
    }
    if (cache.on().contains(Cache.Part.CODE)) {
      parts.add(Fingerprint.of(reference.method()));
    }
    if (cache.on().contains(Cache.Part.FLOW_PARAMETERS)) {
      parts.add(Calls.flowRun().call().parameters());
    }
    if (cache.key() != null) {
      parts.add(cache.key());
    }
    return hash(parts);
  }

  /// Those of the last parameters: a lambda's first ones are what it has captured.
  private static List<Type> inputTypes(MethodReference reference, int inputs) {
    List<Type> types = reference.parameterTypes();
    return types.subList(types.size() - inputs, types.size());
  }

  private static String hash(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public R run(TaskRunning running) throws Exception {
    return body.call();
  }

  @Override
  public @Nullable String write(R result) {
    return codec.writeChecked(result);
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the codec is of the type of R
  public R read(@Nullable String kept) {
    return (R) codec.read(kept == null ? "null" : kept);
  }

  @Override
  public @Nullable String cacheKey() {
    return cacheKey;
  }

  @Override
  public boolean undoable() {
    return undo != null;
  }

  @Override
  public void undo(R result) throws Exception {
    if (undo != null) {
      undo.undo(result);
    }
  }
}
