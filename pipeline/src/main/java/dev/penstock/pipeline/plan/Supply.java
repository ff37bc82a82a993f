package dev.penstock.pipeline.plan;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// Makes a value, and may throw anything.
@FunctionalInterface
public interface Supply<T extends @Nullable Object> extends Serializable {
  T get() throws Exception;
}
