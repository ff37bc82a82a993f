package dev.penstock.flow.engine;

import org.jspecify.annotations.Nullable;

/// How a result is kept, as JSON.
///
/// @param <R> the result
public interface Format<R extends @Nullable Object> {
  /// The result as JSON; null for none.
  ///
  /// @throws RuntimeException when it could not be read back
  @Nullable String write(R result);

  /// The result that was kept.
  R read(@Nullable String kept);
}
