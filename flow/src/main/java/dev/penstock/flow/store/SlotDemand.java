package dev.penstock.flow.store;

/// Slots of one limit that somebody wants at once.
///
/// @param slots how many
public record SlotDemand(LimitKey key, int slots) {
  public SlotDemand {
    if (slots < 1) {
      throw new IllegalArgumentException(
          "the slots wanted of the limit " + key + " must be at least 1, were " + slots);
    }
  }

  /// One slot.
  public static SlotDemand of(LimitKey key) {
    return new SlotDemand(key, 1);
  }
}
