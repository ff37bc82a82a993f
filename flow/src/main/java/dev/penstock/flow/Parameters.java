package dev.penstock.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters that a job takes, declared as the components of a record:
///
/// ```java
/// record Load(@Default("trips.parquet") String source, int limit, Optional<LocalDate> since) {}
/// ```
///
/// What a component may be is told at [ParameterSet].
///
/// @param <R> the record
public final class Parameters<R extends Record> {
  private final Class<R> record;
  private final ParameterSet parts;

  private Parameters(Class<R> record, ParameterSet parts) {
    this.record = record;
    this.parts = parts;
  }

  /// Those of a record.
  ///
  /// @throws IllegalArgumentException naming every component whose type or default will not do
  public static <R extends Record> Parameters<R> of(Class<R> record) {
    return new Parameters<>(record, ParameterSet.ofRecord(record));
  }

  /// A record of what was given.
  ///
  /// @throws ParametersRefused with every parameter that is unknown, missing or ill-typed
  public R bind(GivenParameters given) {
    @Nullable Object[] values = parts.bind(given);
    try {
      return record.cast(RecordMaker.of(record).make(values));
    } catch (RuntimeException e) { // the record checks its components
      throw parts.refused(List.of(String.valueOf(e.getMessage())));
    }
  }
}
