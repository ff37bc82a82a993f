package dev.penstock.files;

import java.io.Serializable;

/// Tells the directory of a record: `(path, trip) -> path.source("taxi").date(trip.pickupAt())`.
///
/// @param <T> the type of the records
@FunctionalInterface
public interface Partitioning<T> extends Serializable {

  /// @param path empty, to be added to and returned
  PartitionPath of(PartitionPath path, T record);
}
