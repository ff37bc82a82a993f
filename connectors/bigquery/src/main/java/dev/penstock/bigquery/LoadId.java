package dev.penstock.bigquery;

import dev.penstock.objects.StagedObject;
import dev.penstock.objects.StoreLocation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What tells the load of some staged files from all others: it follows from what the log says of
/// them, and from the table.
record LoadId(String hash) {
  private static final int IN_NAMES = 24;

  static LoadId of(TableName table, StoreLocation location, List<StagedObject> files) {
    StringBuilder text = new StringBuilder(table + "\n" + location.text());
    for (StagedObject file : files) {
      text.append('\n').append(file.key()).append('\n').append(file.upload());
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return new LoadId(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// @param what it does: `load`
  String job(String what) {
    return "penstock_" + what + "_" + hash;
  }

  /// The table that is loaded before it is merged.
  TableName stagingOf(TableName target) {
    return new TableName(
        target.dataset(), target.table() + "_penstock_" + hash.substring(0, IN_NAMES));
  }
}
