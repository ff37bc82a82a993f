package dev.penstock.objects;

import dev.penstock.pipeline.connector.StagedSink;

/// A sink whose output is files in a store, for sinks that hand these on, such as loads into a
/// warehouse.
///
/// @param <T> the type of the records
public interface StoreSink<T, S extends StagedObjects> extends StagedSink<T, S> {

  /// What the keys of staged objects are relative to.
  StoreLocation location();

  /// What the files are, as users say it: `Parquet`, `JsonLines`, `Csv`.
  String format();
}
