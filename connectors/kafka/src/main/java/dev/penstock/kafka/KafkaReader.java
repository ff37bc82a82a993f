package dev.penstock.kafka;

import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Split;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes what a consumer's thread has fetched.
final class KafkaReader<T> implements Reader<T> {
  private final Backlog<T> backlog;
  private final Consuming<T> consuming;
  private @Nullable KafkaChunk<T> before;
  private long bytes;

  KafkaReader(Backlog<T> backlog, Consuming<T> consuming) {
    this.backlog = backlog;
    this.consuming = consuming;
  }

  @Override
  public void assign(Map<Split, Optional<Position>> from) {
    consuming.assign(from);
  }

  @Override
  public @Nullable Chunk<T> poll(Duration upTo) throws Exception {
    if (before != null) {
      before.letGo();
    }
    consuming.start();
    KafkaChunk<T> chunk = backlog.take(upTo);
    before = chunk;
    bytes += chunk == null ? 0 : chunk.bytes();
    return chunk;
  }

  @Override
  public void release(Set<Split> splits) {
    consuming.release(splits);
  }

  @Override
  public void wakeUp() {
    backlog.wakeUp();
  }

  @Override
  public void committed(Map<Split, Position> at) {
    consuming.committed(at);
  }

  @Override
  public OptionalLong lag() {
    return consuming.lag();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    consuming.close();
  }
}
