package dev.penstock.files;

import dev.penstock.data.DataSize;
import dev.penstock.pipeline.plan.Within;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When a file is large enough, or old enough.
///
/// @param records the most records of a file
/// @param bytes about the most bytes of a file
/// @param within how long a resumable run keeps records back; as long as it says where null
record Roll(long records, long bytes, @Nullable Duration within) implements Serializable {
  static final Roll NEVER = new Roll(Long.MAX_VALUE, Long.MAX_VALUE, null);

  Roll records(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("a file must hold at least 1 record, was " + most);
    }
    return new Roll(most, bytes, within);
  }

  Roll size(DataSize most) {
    if (most.bytes() < 1) {
      throw new IllegalArgumentException("a file must hold at least 1 byte, was " + most);
    }
    return new Roll(records, most.bytes(), within);
  }

  Roll within(Within longest) {
    return new Roll(records, bytes, longest.duration());
  }

  boolean reached(long recordsWritten, long bytesWritten) {
    return recordsWritten >= records || bytesWritten >= bytes;
  }
}
