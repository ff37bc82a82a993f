package dev.penstock.files;

import dev.penstock.data.BadJson;
import dev.penstock.data.JsonCodec;
import java.util.List;

/// Complete, durable files that wait under hidden names for their final ones.
///
/// @param files by their names within the target directory
record StagedFiles(List<StagedFile> files) {
  /// One of them.
  ///
  /// @param hidden its name until it is published
  /// @param name its final name
  record StagedFile(String hidden, String name) {}

  StagedFiles {
    files = List.copyOf(files);
  }

  byte[] encode() {
    return JsonCodec.of(StagedFiles.class).write(this);
  }

  static StagedFiles decode(byte[] bytes) {
    try {
      return JsonCodec.of(StagedFiles.class).read(bytes, 0, bytes.length);
    } catch (BadJson e) {
      throw new IllegalArgumentException("not the names of staged files: " + e.getMessage(), e);
    }
  }
}
