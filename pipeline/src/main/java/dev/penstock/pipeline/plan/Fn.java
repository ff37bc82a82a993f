package dev.penstock.pipeline.plan;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A function of one argument that may throw anything. It may be called by several threads at once
/// when its step has a concurrency above 1.
@FunctionalInterface
public interface Fn<T extends @Nullable Object, R extends @Nullable Object> extends Serializable {
  R apply(T input) throws Exception;
}
