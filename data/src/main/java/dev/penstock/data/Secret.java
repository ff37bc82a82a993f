package dev.penstock.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A text that nobody must see who does not ask for it: its [#toString] is `***`, so that it comes
/// into no log and no message by accident.
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    return new Secret(text);
  }

  /// The text itself, for whoever hands it to the system that wants it.
  public String reveal() {
    return text;
  }

  /// Takes as long for texts that differ early as for those that differ late.
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
