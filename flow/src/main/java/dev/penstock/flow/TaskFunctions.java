package dev.penstock.flow;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// The functions that tasks call, by how many inputs they take. `Serializable`, so that the method
/// behind a reference is known: its generic result, and its code.
public final class TaskFunctions {
  private TaskFunctions() {}

  /// Takes no inputs, and returns a result.
  @FunctionalInterface
  public interface Call0<R extends @Nullable Object> extends Serializable {
    R call() throws Exception;
  }

  /// Takes one input, and returns a result.
  @FunctionalInterface
  public interface Call1<A extends @Nullable Object, R extends @Nullable Object>
      extends Serializable {
    R call(A a) throws Exception;
  }

  /// Takes two inputs, and returns a result.
  @FunctionalInterface
  public interface Call2<
          A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      extends Serializable {
    R call(A a, B b) throws Exception;
  }

  /// Takes three inputs, and returns a result.
  @FunctionalInterface
  public interface Call3<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      extends Serializable {
    R call(A a, B b, C c) throws Exception;
  }

  /// Takes four inputs, and returns a result.
  @FunctionalInterface
  public interface Call4<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          R extends @Nullable Object>
      extends Serializable {
    R call(A a, B b, C c, D d) throws Exception;
  }

  /// Takes five inputs, and returns a result.
  @FunctionalInterface
  public interface Call5<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object,
          R extends @Nullable Object>
      extends Serializable {
    R call(A a, B b, C c, D d, E e) throws Exception;
  }

  /// Takes no inputs, and returns nothing.
  @FunctionalInterface
  public interface Run0 extends Serializable {
    void run() throws Exception;
  }

  /// Takes one input, and returns nothing.
  @FunctionalInterface
  public interface Run1<A extends @Nullable Object> extends Serializable {
    void run(A a) throws Exception;
  }

  /// Takes two inputs, and returns nothing.
  @FunctionalInterface
  public interface Run2<A extends @Nullable Object, B extends @Nullable Object>
      extends Serializable {
    void run(A a, B b) throws Exception;
  }

  /// Takes three inputs, and returns nothing.
  @FunctionalInterface
  public interface Run3<
          A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
      extends Serializable {
    void run(A a, B b, C c) throws Exception;
  }

  /// Takes four inputs, and returns nothing.
  @FunctionalInterface
  public interface Run4<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object>
      extends Serializable {
    void run(A a, B b, C c, D d) throws Exception;
  }

  /// Takes five inputs, and returns nothing.
  @FunctionalInterface
  public interface Run5<
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          E extends @Nullable Object>
      extends Serializable {
    void run(A a, B b, C c, D d, E e) throws Exception;
  }
}
