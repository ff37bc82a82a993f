package dev.penstock.data;

import java.nio.file.Path;

/// The directory where Penstock keeps what outlives a run: `PENSTOCK_HOME`, or `~/.penstock`. The
/// system property `penstock.home` goes before both.
public final class Home {
  public static Path directory() {
    String chosen = System.getProperty("penstock.home", System.getenv("PENSTOCK_HOME"));
    return chosen == null || chosen.isBlank() ? ofUser().resolve(".penstock") : Path.of(chosen);
  }

  /// What a shell calls `~`: `HOME`, or where the system says that the user is at home. A process
  /// in a container may have no user that the system knows.
  public static Path ofUser() {
    String home = System.getenv("HOME");
    return Path.of(home == null || home.isBlank() ? System.getProperty("user.home", "") : home);
  }

  private Home() {}
}
