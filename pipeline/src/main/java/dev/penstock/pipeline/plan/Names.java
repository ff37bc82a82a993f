package dev.penstock.pipeline.plan;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;

/// The names of functions as a plan shows them: `Trip::parse` for a method reference, `<lambda>`
/// for a lambda.
final class Names {
  private Names() {}

  static String of(Object function) {
    Class<?> type = function.getClass();
    if (!type.isHidden() && !type.isSynthetic()) {
      return type.isAnonymousClass() ? "<anonymous>" : type.getSimpleName();
    }
    try {
      Method writeReplace = type.getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      if (writeReplace.invoke(function) instanceof SerializedLambda lambda
          && !lambda.getImplMethodName().startsWith("lambda$")) {
        String owner = lambda.getImplClass().replaceAll(".*[/$]", "");
        String method = lambda.getImplMethodName();
        return owner + "::" + (method.equals("<init>") ? "new" : method);
      }
    } catch (ReflectiveOperationException | RuntimeException notShown) {
      // the name is a courtesy: a function that hides it is shown as a lambda
    }
    return "<lambda>";
  }
}
