package dev.penstock.files;

import dev.penstock.data.BadJson;
import dev.penstock.data.JsonCodec;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.StagedObjects;
import java.util.List;

/// Complete, durable files that wait to be seen.
record StagedFiles(List<StagedObject> files) implements StagedObjects {

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
