package dev.penstock.objects;

import java.util.List;

/// An object that is safe in its store, and not seen until it is completed: all that any process
/// needs to do so.
///
/// @param key of the object that it becomes
/// @param upload by which the store knows it
/// @param parts what the store has said of each part, in their order
public record StagedObject(String key, String upload, List<String> parts) {
  public StagedObject {
    parts = List.copyOf(parts);
  }
}
