package dev.penstock.flow.remote;

import dev.penstock.flow.code.WireFormat;
import dev.penstock.flow.store.Again;
import dev.penstock.flow.store.AtDatabase;
import dev.penstock.flow.store.SealedValue;
import dev.penstock.flow.store.Store;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A method of a concern as both sides know it: where it is asked for, and how its arguments and
/// its answer are written. Its parameters keep their names, as fields of JSON do.
final class RemoteMethod {
  private final Concern concern;
  private final Method method;
  private final List<WireFormat.Named> parameters = new ArrayList<>();
  private final List<AnnotatedType> declared = new ArrayList<>();

  /// Which argument seals what the method writes: not sent, each server has its own. -1 for none.
  private final int seal;

  RemoteMethod(Concern concern, Method method) {
    this.concern = concern;
    this.method = method;
    int found = -1;
    Parameter[] all = method.getParameters();
    for (int i = 0; i < all.length; i++) {
      if (all[i].getType() == SealedValue.Seal.class) {
        found = i;
      } else {
        parameters.add(new WireFormat.Named(all[i].getName(), all[i].getParameterizedType()));
        declared.add(all[i].getAnnotatedType());
      }
    }
    seal = found;
  }

  /// All there are, by path.
  static List<RemoteMethod> all() {
    return Concern.all().stream()
        .flatMap(concern ->
            Arrays.stream(concern.type().getMethods())
                .filter(RemoteMethod::isRemote)
                .map(method -> new RemoteMethod(concern, method)))
        .sorted(Comparator.comparing(RemoteMethod::word))
        .toList();
  }

  static boolean isRemote(Method method) {
    return Modifier.isAbstract(method.getModifiers())
        && !method.isAnnotationPresent(AtDatabase.class);
  }

  /// Where it is asked for, behind the root of the store: `flow-runs/take-subflow`.
  String word() {
    return concern.word() + "/" + Concern.word(method.getName());
  }

  /// As messages name it: `FlowRuns.takeSubflow`.
  @Override
  public String toString() {
    return concern.type().getSimpleName() + "." + method.getName();
  }

  /// Whether it may be asked again when its answer was lost.
  boolean again() {
    return method.isAnnotationPresent(Again.class);
  }

  /// Whether it is done soon, and the caller goes on: such calls are sent together.
  boolean soon() {
    return method.getReturnType() == CompletableFuture.class;
  }

  /// Whether it seals what it writes.
  boolean seals() {
    return seal >= 0;
  }

  String arguments(@Nullable Object @Nullable [] given) {
    List<@Nullable Object> sent = new ArrayList<>();
    if (given != null) {
      sent.addAll(Arrays.asList(given));
    }
    if (seals()) {
      sent.remove(seal);
    }
    return WireFormat.writeAll(parameters, sent.toArray());
  }

  @Nullable Object answer(String json) {
    return isVoid() ? null : WireFormat.read(type(), json);
  }

  /// Does what was sent, on the side of the database.
  ///
  /// @param sealing null where nothing is sealed
  /// @return the answer as JSON, of what is done soon once it is done
  /// @throws IllegalArgumentException when these are no arguments of it
  /// @throws RuntimeException what the store has thrown
  CompletableFuture<String> carryOut(
      Store store, String arguments, SealedValue.@Nullable Seal sealing) {
    List<@Nullable Object> given = new ArrayList<>();
    given.addAll(Arrays.asList(WireFormat.readAll(parameters, arguments)));
    for (int i = 0; i < given.size(); i++) {
      Complete.check(given.get(i), declared.get(i), parameters.get(i).name());
    }
    if (seals()) {
      given.add(seal, sealing);
    }
    try {
      Object answer = method.invoke(concern.in(store), given.toArray());
      return answer instanceof CompletableFuture<?> soon
          ? soon.thenApply(_ -> "null")
          : CompletableFuture.completedFuture(isVoid() ? "null" : WireFormat.write(type(), answer));
    } catch (InvocationTargetException e) {
      throw unchecked(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable failure) {
    return failure instanceof RuntimeException runtime ? runtime : new CompletionException(failure);
  }

  private boolean isVoid() {
    return soon() || method.getReturnType() == void.class;
  }

  private Type type() {
    return method.getGenericReturnType();
  }
}
