package dev.penstock.objects.azure;

import dev.penstock.objects.StagedObject;
import java.util.List;

/// Where an upload lies until it is completed: a blob under a name that lists leave out. Blocks
/// that are not committed to a blob would not do, as nobody could abort them, and whoever completes
/// another upload to the same blob would remove them.
///
/// @param root what the keys of the store begin with
/// @param upload by which it is told from others to the same key
record StagedBlob(String root, String key, String upload) {
  private static final String DIRECTORY = "_penstock/staged/";

  static StagedBlob of(String root, StagedObject staged) {
    return new StagedBlob(root, staged.key(), staged.upload());
  }

  /// What it is called in the container.
  String path() {
    return prefix(root, key) + "/" + upload;
  }

  /// What the names of uploads to keys begin with that begin so.
  static String prefix(String root, String keyBegins) {
    return root + DIRECTORY + keyBegins;
  }

  static boolean isOne(String key) {
    return key.startsWith(DIRECTORY);
  }

  /// @param key as it is called in the store
  static StagedObject object(String key) {
    int slash = key.lastIndexOf('/');
    return new StagedObject(
        key.substring(DIRECTORY.length(), slash), key.substring(slash + 1), List.of());
  }
}
