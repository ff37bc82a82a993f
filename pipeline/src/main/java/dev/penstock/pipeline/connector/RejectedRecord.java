package dev.penstock.pipeline.connector;

import java.util.OptionalLong;

/// The target refused a record for what it holds: a key that is there already, a check that fails,
/// a text that is too long. Thrown by a [TxWriter], which has then taken back everything since the
/// last commit and can be written to again.
public final class RejectedRecord extends RefusedRecord {
  private static final long serialVersionUID = 1L;

  private final long index;

  /// @param index which of the records written since the last commit it is, counted from 0; -1 when
  ///   the target does not say
  public RejectedRecord(String message, long index, Throwable cause) {
    super(message, cause);
    this.index = index;
  }

  /// Which of the records written since the last commit it is, counted from 0, if the database said
  /// so.
  public OptionalLong index() {
    return index < 0 ? OptionalLong.empty() : OptionalLong.of(index);
  }
}
