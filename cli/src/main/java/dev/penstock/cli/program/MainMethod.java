package dev.penstock.cli.program;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a program starts, by the rules of the language: `main(String[])` before `main()`, static
/// or of an instance, not private.
public final class MainMethod {
  private final Class<?> type;
  private final Method method;

  private MainMethod(Class<?> type, Method method) {
    this.type = type;
    this.method = method;
  }

  /// The main method of the first top-level class that has one.
  ///
  /// @throws NoMainMethod when no class has one
  public static MainMethod of(CompiledProgram program, ProgramLoader loader, String fileName) {
    for (String name : program.topLevel()) {
      Class<?> type;
      try {
        type = loader.loadClass(name);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("the compiler made no class " + name, e);
      }
      Optional<Method> main =
          find(type, String[].class).or(() -> find(type)).filter(method -> startable(method, type));
      if (main.isPresent()) {
        return new MainMethod(type, main.get());
      }
    }
    throw new NoMainMethod(fileName);
  }

  private static Optional<Method> find(Class<?> type, Class<?>... parameters) {
    for (@Nullable Class<?> at = type; at != null; at = at.getSuperclass()) {
      try {
        Method method = at.getDeclaredMethod("main", parameters);
        if (!Modifier.isPrivate(method.getModifiers()) && method.getReturnType() == void.class) {
          return Optional.of(method);
        }
      } catch (NoSuchMethodException e) {
        // perhaps inherited
      }
    }
    return Optional.empty();
  }

  private static boolean startable(Method method, Class<?> type) {
    if (Modifier.isStatic(method.getModifiers())) {
      return true;
    }
    try {
      return !Modifier.isAbstract(type.getModifiers())
          && !Modifier.isPrivate(type.getDeclaredConstructor().getModifiers());
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /// Runs the program on this thread.
  ///
  /// @throws Throwable what the program threw
  public void invoke(String[] arguments) throws Throwable {
    method.setAccessible(true);
    try {
      Object target = Modifier.isStatic(method.getModifiers()) ? null : instance();
      if (method.getParameterCount() == 0) {
        method.invoke(target);
      } else {
        method.invoke(target, (Object) arguments);
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object instance() throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
