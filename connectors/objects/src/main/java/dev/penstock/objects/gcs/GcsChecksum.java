package dev.penstock.objects.gcs;

import dev.penstock.objects.StagedObject;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;

/// What tells a finished object from others: its size and checksum, which the service tells of
/// each. The tags of its parts do not.
final class GcsChecksum {
  private static final String NAME = "crc32c=";

  private GcsChecksum() {}

  static String of(CRC32C crc, long size) {
    byte[] bytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return of(Base64.getEncoder().encodeToString(bytes), size);
  }

  /// @param crc as the service writes it
  static String of(String crc, long size) {
    return NAME + crc + " size=" + size;
  }

  static boolean isOf(StagedObject staged, String crc, long size) {
    return staged.parts().getLast().equals(of(crc, size));
  }

  /// The tags of the parts alone.
  static List<String> tags(StagedObject staged) {
    List<String> parts = staged.parts();
    return parts.getLast().startsWith(NAME) ? parts.subList(0, parts.size() - 1) : parts;
  }
}
