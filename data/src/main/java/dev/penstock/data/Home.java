package dev.penstock.data;

import java.nio.file.Path;

/// The directory where Penstock keeps what outlives a run: `PENSTOCK_HOME`, or `~/.penstock`. The
/// system property `penstock.home` goes before both.
public final class Home {
  public static Path directory() {
    String chosen = System.getProperty("penstock.home", System.getenv("PENSTOCK_HOME"));
    return chosen == null || chosen.isBlank()
        ? Path.of(System.getProperty("user.home"), ".penstock")
        : Path.of(chosen);
  }

  private Home() {}
}
