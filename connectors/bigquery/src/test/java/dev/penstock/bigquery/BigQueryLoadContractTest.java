package dev.penstock.bigquery;

import dev.penstock.data.ConnectionName;
import dev.penstock.files.JsonLines;
import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.testkit.BigQueryStub;
import dev.penstock.testkit.StagedSinkContract;
import dev.penstock.testkit.TestRecords.Item;
import dev.penstock.testkit.stores.GcsServer;
import java.util.List;
import java.util.UUID;

/// Loads keep the contract of staged sinks.
class BigQueryLoadContractTest extends StagedSinkContract<Item, Object> {
  private static final GcsServer STORE = GcsServer.start(100);
  private static final BigQueryStub STUB = stub();

  private final String name = "t" + UUID.randomUUID().toString().replace("-", "");
  private final StoreLocation staging =
      ObjectStore.gcs("staging").at(name).by(new ConnectionName(STORE.url()));

  /// The clients of a process live as long as it does, and are not what a test leaves behind.
  private static BigQueryStub stub() {
    STORE.createBucket("staging");
    try {
      BigQueryStub stub = LoadedFiles.stub(STORE);
      stub.changes("SELECT 1", 0);
      BigQuery.execute(new ConnectionName(stub.connection()), "SELECT 1");
      return stub;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// What names staged files is the connector's own.
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  protected StagedSink<Item, Object> sink() {
    BigQueryTable table = BigQuery.table(new ConnectionName(STUB.connection()), "d." + name);
    return (StagedSink)
        table.load(Item.class, JsonLines.files(Item.class, staging).roll(7).append());
  }

  @Override
  protected Item record(int i) {
    return Item.of(i);
  }

  @Override
  protected List<Item> visible() {
    return STUB.tables("d").contains(name)
        ? STUB.rows("d", name).stream().map(row -> row.as(Item.class)).toList()
        : List.of();
  }
}
