package dev.penstock.pipeline.plan;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// Something done with one value, that may throw anything.
@FunctionalInterface
public interface Action<T extends @Nullable Object> extends Serializable {
  void accept(T input) throws Exception;
}
