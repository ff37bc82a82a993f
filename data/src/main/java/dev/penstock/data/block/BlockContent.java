package dev.penstock.data.block;

import dev.penstock.data.Secret;
import java.util.LinkedHashMap;
import java.util.Map;

/// The settings of a block, taken apart into what everybody may read and what nobody may.
///
/// @param open JSON values by the name of the setting
/// @param secret texts by the name of the setting
public record BlockContent(Map<String, String> open, Map<String, Secret> secret) {
  public BlockContent {
    open = new LinkedHashMap<>(open);
    secret = new LinkedHashMap<>(secret);
  }
}
