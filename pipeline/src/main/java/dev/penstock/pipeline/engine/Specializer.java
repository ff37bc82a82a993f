package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Step;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Makes copies of stage classes, one for each place in a chain, so that the calls in them always
/// meet the same function and the same next stage and can be inlined. Without it all pipelines of a
/// process share the profile of each class, and a chain of calls through shared classes costs
/// several times as much.
///
/// A copy is a hidden class with the very bytes of the original. Copies are kept with the class of
/// the user's function (or of the next stage where there is none), so that a pipeline that runs
/// again finds them compiled, and they go with it.
final class Specializer {
  /// From so many records on a copy is worth being compiled anew.
  private static final long WORTHWHILE = 100_000;

  /// So many copies are made in one process at the most; beyond it stages use the shared classes.
  private static final int MOST = 4096;

  private static final AtomicInteger MADE = new AtomicInteger();
  private static final ClassValue<Map<Key, MethodHandle>> COPIES =
      new ClassValue<>() {
        @Override
        protected Map<Key, MethodHandle> computeValue(Class<?> anchor) {
          return new ConcurrentHashMap<>();
        }
      };
  private static final Map<Class<?>, byte[]> BYTES = new ConcurrentHashMap<>();

  private record Key(Class<?> original, Class<?> next) {}

  private Specializer() {}

  /// Whether so many records are to be expected from this origin that copies pay: of a connector,
  /// since it reads data, and of whatever has no end or says its size.
  static boolean isWorthwhile(Step origin) {
    return switch (origin) {
      case Step.Read _ -> true;
      case Step.Poll poll -> poll.idle() == null;
      case Step.Origin other -> Origins.size(other).orElse(0) >= WORTHWHILE;
      case Step.Link _, Step.Junction _ -> false;
    };
  }

  /// A new instance of a copy of `original`, or of itself where no copy can be made.
  ///
  /// @param function the user's function that it calls; null where it calls none
  /// @param next what it pushes to
  /// @param constructor of the original: its parameter types, returning void
  static Object make(
      Class<?> original,
      @Nullable Object function,
      Object next,
      MethodType constructor,
      Object... arguments) {
    Class<?> anchor = function == null ? next.getClass() : function.getClass();
    Map<Key, MethodHandle> copies = COPIES.get(anchor);
    Key key = new Key(original, next.getClass());
    MethodHandle maker = copies.get(key);
    if (maker == null) {
      maker = copy(original, constructor);
      copies.put(key, maker);
    }
    try {
      return maker.invokeWithArguments(arguments);
    } catch (Throwable t) {
      throw Sneaky.raise(t);
    }
  }

  private static MethodHandle copy(Class<?> original, MethodType constructor) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      if (MADE.incrementAndGet() <= MOST) {
        try {
          byte[] bytes = BYTES.computeIfAbsent(original, Specializer::read);
          MethodHandles.Lookup copy = lookup.defineHiddenClass(bytes, true);
          return copy.findConstructor(copy.lookupClass(), constructor);
        } catch (VerifyError capturesItself) {
          // a lambda of the class names its type, which the copy is not: the original will do
          return lookup.findConstructor(original, constructor);
        }
      }
      return lookup.findConstructor(original, constructor);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot copy " + original, e);
    }
  }

  private static byte[] read(Class<?> original) {
    String name = original.getName().substring(original.getPackageName().length() + 1) + ".class";
    try (InputStream in = Objects.requireNonNull(original.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new LinkageError("cannot read " + name, e);
    }
  }
}
