package dev.penstock.flow.vault;

import dev.penstock.data.Secret;
import dev.penstock.flow.store.OtherKey;
import dev.penstock.flow.store.SealedValue;
import dev.penstock.flow.store.SealedValues;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;

/// Seals and opens the values of a store that is a database, by the keys of this process. Keys are
/// read anew each time: they are few, and another process may have rotated them.
final class KeySealing implements Sealing {
  private static final int ROTATIONS_ENDURED = 100;

  private final SealedValues values;
  private final KeySource source;

  KeySealing(SealedValues values, KeySource source) {
    this.values = values;
    this.source = source;
  }

  @Override
  public <R> R write(Function<SealedValue.Seal, R> write) {
    for (int rotations = 0; ; rotations++) {
      try {
        return write.apply(seal(sealingKey()));
      } catch (OtherKey e) {
        // Rotated since, or first used by another process.
        if (rotations == ROTATIONS_ENDURED) {
          throw e;
        }
      }
    }
  }

  private SealingKey sealingKey() {
    Optional<String> current = values.currentKey();
    for (int rotations = 0; current.isPresent(); rotations++) {
      String id = current.get();
      Optional<SealingKey> key = find(id, source.load());
      if (key.isPresent()) {
        return key.get();
      }
      current = values.currentKey();
      if (current.equals(Optional.of(id)) || rotations == ROTATIONS_ENDURED) {
        throw missing(id);
      }
    }
    return source.loadOrMake().getFirst();
  }

  private static SealedValue.Seal seal(SealingKey key) {
    return (place, text) -> new SealedValue(place, key.id(), key.seal(place, text));
  }

  @Override
  public Optional<Secret> open(String place) {
    Optional<SealedValue> value = values.find(place);
    for (int rotations = 0; value.isPresent(); rotations++) {
      String id = value.get().key();
      Optional<SealingKey> key = find(id, source.load());
      if (key.isPresent()) {
        return Optional.of(open(value.get(), key.get()));
      }
      value = values.find(place);
      boolean rotated = value.isPresent() && !value.get().key().equals(id);
      if (value.isPresent() && (!rotated || rotations == ROTATIONS_ENDURED)) {
        throw missing(id);
      }
    }
    return Optional.empty();
  }

  private static Secret open(SealedValue value, SealingKey key) {
    try {
      return Secret.of(key.open(value.place(), value.value()));
    } catch (AEADBadTagException e) {
      throw new BadKeys(
          "the stored value of "
              + value.place()
              + " was changed, or belongs to another place: set it again");
    }
  }

  private SealingKey key(String id) {
    return key(id, source.load());
  }

  private SealingKey key(String id, List<SealingKey> keys) {
    return find(id, keys).orElseThrow(() -> missing(id));
  }

  private static Optional<SealingKey> find(String id, List<SealingKey> keys) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  private BadKeys missing(String id) {
    return new BadKeys(
        "the secrets of the store are sealed by key " + id + ", and " + source.toDoAbout(id));
  }

  @Override
  public int rotate() {
    return source.alone(this::rotateAlone);
  }

  private int rotateAlone() {
    Optional<String> current = values.currentKey();
    current.ifPresent(this::key);
    SealingKey next = source.next(current.orElse(""));
    List<SealingKey> keys = source.load();
    int resealed =
        values.reseal(
            next.id(),
            before -> {
              Secret text = open(before, key(before.key(), keys));
              return seal(next).of(before.place(), text.reveal());
            });
    source.keepOnly(next);
    return resealed;
  }
}
