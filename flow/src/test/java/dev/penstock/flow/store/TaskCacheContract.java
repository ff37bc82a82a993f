package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the cache of tasks keeps in every store.
abstract class TaskCacheContract extends StoreContract {

  @Test
  void whatWasKeptIsFoundUntilItExpires() {
    TaskCache cache = store.taskCache();
    cache.keep("for ever", new TaskCache.Kept("task", "1"), null);
    cache.keep("an hour", new TaskCache.Kept("task", null), Duration.ofHours(1));
    cache.keep("over", new TaskCache.Kept("task", "3"), Duration.ofSeconds(-1));
    assertThat(cache.find("for ever")).contains(new TaskCache.Kept("task", "1"));
    assertThat(cache.find("an hour")).contains(new TaskCache.Kept("task", null));
    assertThat(cache.find("over")).isEmpty();
    assertThat(cache.find("never")).isEmpty();
  }

  @Test
  void whatIsKeptLaterTakesThePlaceOfWhatWasThere() {
    TaskCache cache = store.taskCache();
    cache.keep("key", new TaskCache.Kept("first", "1"), Duration.ofSeconds(-1));
    cache.keep("key", new TaskCache.Kept("second", "2"), null);
    assertThat(cache.find("key")).contains(new TaskCache.Kept("second", "2"));
  }
}
