package dev.penstock.pipeline.connector;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Where a reader has come to within a [Split]: an opaque token of the connector's. Reading from a
/// position gives the records after it.
///
/// @param token never changed after construction; readable text is preferred, because people will
///   see it
public record Position(byte[] token) {

  /// A position whose token is this text in UTF-8.
  public static Position of(String text) {
    return new Position(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The token read as UTF-8.
  public String text() {
    return new String(token, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Position(byte[] other) && Arrays.equals(token, other);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(token);
  }

  @Override
  public String toString() {
    return "Position[" + text() + "]";
  }
}
