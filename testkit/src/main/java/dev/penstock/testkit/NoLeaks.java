package dev.penstock.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A test that leaves a thread or an open file handle behind has failed. What ends within five
/// seconds is no leak. Needs tests that do not run beside others in the same JVM.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(NoLeaks.Counter.class)
public @interface NoLeaks {

  /// Counts before and after each test.
  final class Counter implements BeforeEachCallback, AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ExtensionContext.Namespace NAMESPACE =
        ExtensionContext.Namespace.create(NoLeaks.class);

    @Override
    public void beforeEach(ExtensionContext context) {
      context.getStore(NAMESPACE).put(context.getUniqueId(), Census.take());
    }

    @Override
    public void afterEach(ExtensionContext context) {
      Census before =
          Objects.requireNonNull(
              context.getStore(NAMESPACE).remove(context.getUniqueId(), Census.class));
      List<String> leaks = before.leaks(PATIENCE);
      if (!leaks.isEmpty()) {
        throw new AssertionError("left behind: " + String.join(", ", leaks));
      }
    }
  }
}
