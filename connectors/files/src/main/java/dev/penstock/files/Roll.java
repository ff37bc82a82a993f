package dev.penstock.files;

import dev.penstock.data.DataSize;
import java.io.Serializable;

/// When a file is large enough.
///
/// @param records the most records of a file
/// @param bytes about the most bytes of a file
record Roll(long records, long bytes) implements Serializable {
  static final Roll NEVER = new Roll(Long.MAX_VALUE, Long.MAX_VALUE);

  Roll records(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("a file must hold at least 1 record, was " + most);
    }
    return new Roll(most, bytes);
  }

  Roll size(DataSize most) {
    if (most.bytes() < 1) {
      throw new IllegalArgumentException("a file must hold at least 1 byte, was " + most);
    }
    return new Roll(records, most.bytes());
  }

  boolean reached(long recordsWritten, long bytesWritten) {
    return recordsWritten >= records || bytesWritten >= bytes;
  }
}
