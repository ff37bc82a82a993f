package dev.penstock.pipeline.plan;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function of two arguments that may throw anything.
@FunctionalInterface
public interface Fn2<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {
  R apply(A first, B second) throws Exception;
}
