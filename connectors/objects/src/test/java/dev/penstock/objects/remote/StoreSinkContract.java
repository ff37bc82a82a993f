package dev.penstock.objects.remote;

import dev.penstock.files.FilesSink;
import dev.penstock.files.JsonLines;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.testkit.StagedSinkContract;
import dev.penstock.testkit.TestRecords.Item;
import java.util.ArrayList;
import java.util.List;

/// Files in a bucket keep the contract of staged sinks.
public abstract class StoreSinkContract extends StagedSinkContract<Item, Object> {
  private final TestStore store;
  private final StoreLocation bucket;

  protected StoreSinkContract(TestStore store) {
    this.store = store;
    this.bucket = store.newBucket();
  }

  /// What names staged files is the connector's own.
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  protected StagedSink<Item, Object> sink() {
    FilesSink<Item> sink = JsonLines.files(Item.class, bucket.at("out")).roll(7).append();
    return (StagedSink) sink;
  }

  @Override
  protected Item record(int i) {
    return Item.of(i);
  }

  @Override
  protected List<Item> visible() {
    List<Item> all = new ArrayList<>();
    if (store.server().keys(bucket.bucket()).stream().anyMatch(key -> key.endsWith(".jsonl"))) {
      Pipeline.from(JsonLines.read(bucket.at("out/*.jsonl"), Item.class)).forEach(all::add);
    }
    return all;
  }
}
