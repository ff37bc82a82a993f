package dev.penstock.flow.store;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Results of tasks that may be used again, by key.
public interface TaskCache {
  /// A result that was kept.
  ///
  /// @param taskRun the id of the task run that made it
  /// @param result as JSON; null for none
  record Kept(String taskRun, @Nullable String result) {}

  /// What was kept under a key and has not expired.
  @Again
  Optional<Kept> find(String key);

  /// Keeps a result in place of what was there.
  ///
  /// @param expires after how long it is no longer found; null for never
  @Again
  void keep(String key, Kept kept, @Nullable Duration expires);
}
