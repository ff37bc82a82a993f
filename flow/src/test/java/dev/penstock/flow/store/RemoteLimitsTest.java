package dev.penstock.flow.store;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteLimitsTest extends SqliteLimitsTest {
  @Override
  Store open(StoreUrl url) {
    return ServerInBetween.of(url);
  }

  /// Once is enough: what is random is within the store.
  @Override
  @ParameterizedTest
  @ValueSource(longs = 1)
  void thereAreNeverMoreHoldersThanSlots(long seed) throws Exception {
    super.thereAreNeverMoreHoldersThanSlots(seed);
  }
}
