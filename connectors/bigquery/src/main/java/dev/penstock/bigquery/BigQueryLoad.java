package dev.penstock.bigquery;

import dev.penstock.data.RecordType;
import dev.penstock.data.Schema;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.StagedObjects;
import dev.penstock.objects.StoreSink;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import dev.penstock.pipeline.connector.StagedSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Records into a table, by files in a bucket and load jobs; made by [BigQueryTable#load].
///
/// The files are staged and logged as those of any sink of files. What publishes them runs a load
/// job whose id follows from the staged files that the log names: of all processes that try,
/// however often, one gets it done once. The files stay in the bucket.
///
/// @param <R> a record class
/// @param <S> what names staged files
public final class BigQueryLoad<R extends Record, S extends StagedObjects>
    implements StagedSink<R, S> {
  private static final long serialVersionUID = 1L;

  private final BigQueryTable table;
  private final Class<R> record;
  private final StoreSink<R, S> files;
  private final LoadFormat format;
  private final @Nullable Upsert upsert;

  BigQueryLoad(BigQueryTable table, Class<R> record, StoreSink<R, S> files) {
    this(table, record, files, LoadFormat.of(files), null);
    Fields.of(schema(record)); // says now what a table cannot hold
  }

  private BigQueryLoad(
      BigQueryTable table,
      Class<R> record,
      StoreSink<R, S> files,
      LoadFormat format,
      @Nullable Upsert upsert) {
    this.table = table;
    this.record = record;
    this.files = files;
    this.format = format;
    this.upsert = upsert;
  }

  private static Schema schema(Class<? extends Record> record) {
    return RecordType.of(record).schema();
  }

  /// Replaces the rows with the same keys, and adds the others: each load goes into a table of its
  /// own, which is then merged into the target and dropped. Of several records with the same keys
  /// in one commit, any one is taken; see [#latestBy].
  ///
  /// @param keys names of columns
  public BigQueryLoad<R, S> upsert(String... keys) {
    return new BigQueryLoad<>(table, record, files, format, Upsert.of(record, List.of(keys)));
  }

  /// Of several records with the same keys, the one with the greatest value in this column is
  /// taken, also if it came before.
  public BigQueryLoad<R, S> latestBy(String column) {
    if (upsert == null) {
      throw new IllegalArgumentException(
          "latestBy(…) needs upsert(…) before it, which says when two records are the same");
    }
    return new BigQueryLoad<>(table, record, files, format, upsert.latestBy(column));
  }

  @Override
  public Optional<String> notResumable() {
    return files.notResumable();
  }

  @Override
  public String visibleIn() {
    return "the table";
  }

  @Override
  public CommitLog log() throws Exception {
    return files.log();
  }

  @Override
  public Optional<Duration> pace() {
    return files.pace();
  }

  @Override
  public StageWriter<R, S> open(Split lane, Optional<Position> from) throws Exception {
    return files.open(lane, from);
  }

  /// Loads the files, unless that was done by an earlier call: then they need not be there any
  /// more.
  @Override
  public void publish(S staged) throws Exception {
    List<StagedObject> objects = staged.files();
    if (objects.isEmpty()) {
      return;
    }
    Rest rest = Rest.of(table.connection());
    LoadId id = LoadId.of(table.name(), files.location(), objects);
    List<String> uris = objects.stream().map(o -> files.location().at(o.key()).text()).toList();
    TableName target = upsert == null ? table.name() : id.stagingOf(table.name());
    Job load =
        new Job(
            rest,
            id.job("load"),
            format.configuration(rest, uris, target, schema(record), upsert != null),
            "loading into " + table);
    if (!load.isDone()) {
      files.publish(staged);
      load.run();
    }
    if (upsert != null) {
      new Job(
              rest,
              id.job("merge"),
              upsert.configuration(table.name(), target),
              "merging into " + table)
          .run();
      rest.deleteTable(target, "dropping " + target);
    }
  }

  @Override
  public void discard(S staged) throws Exception {
    files.discard(staged);
  }

  @Override
  public byte[] encode(S staged) {
    return files.encode(staged);
  }

  @Override
  public S decode(byte[] bytes) {
    return files.decode(bytes);
  }

  @Override
  public String describe() {
    return table + ".load(" + files.describe() + ")";
  }

  @Override
  public String toString() {
    return describe();
  }
}
