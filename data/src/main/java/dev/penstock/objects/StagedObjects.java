package dev.penstock.objects;

import java.util.List;

/// Staged output that is objects of a store.
public interface StagedObjects {

  /// They are whole, and wait to be seen.
  List<StagedObject> files();
}
