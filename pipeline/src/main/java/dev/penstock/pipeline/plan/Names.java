package dev.penstock.pipeline.plan;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// The names of functions as a plan shows them: `Trip::parse` for a method reference, `<lambda>`
/// for a lambda.
final class Names {
  private Names() {}

  static String of(Object function) {
    Class<?> type = function.getClass();
    if (!type.isHidden() && !type.isSynthetic()) {
      return type.isAnonymousClass() ? "<anonymous>" : type.getSimpleName();
    }
    SerializedLambda lambda = serialized(function);
    if (lambda == null || lambda.getImplMethodName().startsWith("lambda$")) {
      return "<lambda>";
    }
    String owner = lambda.getImplClass().replaceAll(".*[/$]", "");
    String method = lambda.getImplMethodName();
    return owner + "::" + (method.equals("<init>") ? "new" : method);
  }

  /// What a lambda or a method reference would be written as; null for what is neither, and for one
  /// that hides it, since whatever asks does so as a courtesy.
  static @Nullable SerializedLambda serialized(Object function) {
    Class<?> type = function.getClass();
    if (!type.isHidden() && !type.isSynthetic()) {
      return null;
    }
    try {
      Method writeReplace = type.getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      return writeReplace.invoke(function) instanceof SerializedLambda form ? form : null;
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      return null;
    }
  }
}
