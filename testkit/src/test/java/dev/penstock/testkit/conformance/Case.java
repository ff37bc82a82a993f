package dev.penstock.testkit.conformance;

import dev.penstock.testkit.NoLeaks;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/// A test that proves these cases of the list in `conformance/ids.txt`. It cannot be skipped.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@Timeout(180)
@NoLeaks
@ExtendWith(Case.NeverSkipped.class)
@interface Case {
  String[] value();

  /// Makes a failure of an assumption.
  final class NeverSkipped implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> context,
        ExtensionContext extension)
        throws Throwable {
      try {
        invocation.proceed();
      } catch (TestAbortedException skipped) {
        throw new AssertionError("a case of the list must not be skipped", skipped);
      }
    }
  }
}
