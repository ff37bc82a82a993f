package dev.penstock.flow.vault;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/// Keys in an environment variable, one, or several with commas between them.
record KeyVariable(String value) implements KeySource {
  static final String NAME = "PENSTOCK_KEY";

  @Override
  public List<SealingKey> load() {
    try {
      return Arrays.stream(value.split(",", -1)).map(SealingKey::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new BadKeys(
          "the environment variable "
              + NAME
              + " holds no key: "
              + e.getMessage()
              + "; `openssl rand -base64 32` makes one");
    }
  }

  @Override
  public List<SealingKey> loadOrMake() {
    return load();
  }

  @Override
  public <R> R alone(Supplier<R> rotation) {
    return rotation.get(); // what changes is in the store only
  }

  @Override
  public SealingKey next(String current) {
    SealingKey first = load().getFirst();
    if (first.id().equals(current)) {
      throw new BadKeys(
          "the first key of "
              + NAME
              + " is in use already: put a new one before it, "
              + NAME
              + "=NEW,OLD, then rotate; `openssl rand -base64 32` makes one");
    }
    return first;
  }

  @Override
  public void keepOnly(SealingKey key) {
    // Whoever has set the variable takes the old key out of it.
  }

  @Override
  public String toDoAbout(String key) {
    return "the environment variable "
        + NAME
        + " has "
        + load()
        + ": set it to the key "
        + key
        + ", or unset it if that key is in the file of keys";
  }

  @Override
  public String toString() {
    return "environment variable " + NAME;
  }
}
