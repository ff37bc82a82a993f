package dev.penstock.cli.home;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The texts that starters are made of.
final class Templates {
  private Templates() {}

  static String text(String resource) throws IOException {
    try (InputStream in = Objects.requireNonNull(Templates.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
