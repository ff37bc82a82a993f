package dev.penstock.flow.store;

import java.time.Instant;
import java.util.List;

/// A block as it was saved, without its secrets.
///
/// @param type the slug of its type
/// @param version grows with each save
/// @param settings a JSON object
/// @param secrets the names of the settings that are encrypted
/// @param saved when
public record BlockDocument(
    String type, String name, int version, String settings, List<String> secrets, Instant saved) {
  public BlockDocument {
    secrets = List.copyOf(secrets);
  }

  /// The place of one of its secrets.
  public String place(String setting) {
    return SealedValues.setting(type, name, version, setting);
  }
}
