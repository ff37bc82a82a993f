package dev.penstock.server.api;

import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The version of a thing that two may edit: when it was last set.
final class Etag {
  private Etag() {}

  static String of(Instant updated) {
    return "\"" + ChronoUnit.MICROS.between(Instant.EPOCH, updated) + "\"";
  }

  /// The version that whoever asks has seen; empty when they do not say.
  static Optional<Instant> seen(Request request) {
    return request
        .header()
        .apply("if-match")
        .map(text -> {
          try {
            long micros = Long.parseLong(text.strip().replaceAll("^\"|\"$", ""));
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
          } catch (NumberFormatException e) {
            throw changed();
          }
        });
  }

  /// That somebody has changed it meanwhile.
  static Refused changed() {
    return new Refused(
        412, "It has changed meanwhile", "read it again, and send its ETag as If-Match", List.of());
  }
}
