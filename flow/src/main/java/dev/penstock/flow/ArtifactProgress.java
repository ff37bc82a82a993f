package dev.penstock.flow;

import dev.penstock.flow.engine.ArtifactSlot;
import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.store.StoredArtifact;

/// How far something has come, for people to look at. It may be told of every record: what they
/// would not see is not written. Safe for use by several threads.
public final class ArtifactProgress {
  private final String key;
  private final ArtifactSlot slot;
  private int shown;

  ArtifactProgress(String key, String description) {
    this.key = key;
    this.slot = Calls.artifact(StoredArtifact.Kind.PROGRESS, key, description, "0");
  }

  /// @param percent from 0 to 100
  public synchronized void update(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException(
          "the progress \"" + key + "\" must be from 0 to 100, was " + percent);
    }
    int whole = (int) percent;
    if (whole != shown) {
      shown = whole;
      slot.change(String.valueOf(whole));
    }
  }
}
