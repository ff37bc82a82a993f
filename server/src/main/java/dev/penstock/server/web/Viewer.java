package dev.penstock.server.web;

import java.time.DateTimeException;
import java.time.ZoneId;

/// Who looks at a page: in which time zone and by which theme, as far as their browser has said,
/// and what they may do.
public record Viewer(ZoneId zone, Theme theme, Identity who) {

  /// Which palette is used.
  public enum Theme {
    /// That of the system.
    SYSTEM,
    LIGHT,
    DARK;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// Of the cookies `tz` and `theme`; what cannot be read does not matter.
  static Viewer of(String cookies, Identity who) {
    ZoneId zone = ZoneId.systemDefault();
    Theme theme = Theme.SYSTEM;
    for (String pair : cookies.split(";")) {
      String cookie = pair.strip();
      if (cookie.startsWith("tz=")) {
        zone = zone(cookie.substring("tz=".length()), zone);
      } else if (cookie.equals("theme=dark")) {
        theme = Theme.DARK;
      } else if (cookie.equals("theme=light")) {
        theme = Theme.LIGHT;
      }
    }
    return new Viewer(zone, theme, who);
  }

  private static ZoneId zone(String name, ZoneId otherwise) {
    try {
      return ZoneId.of(name.replace("%2F", "/"));
    } catch (DateTimeException e) {
      return otherwise;
    }
  }
}
