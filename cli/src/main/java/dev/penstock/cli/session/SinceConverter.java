package dev.penstock.cli.session;

import dev.penstock.data.BadText;
import dev.penstock.data.ParameterParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a time in the past: how long ago, a date, or an instant.
public final class SinceConverter implements ITypeConverter<Instant> {
  private final Session session;

  SinceConverter(Session session) {
    this.session = session;
  }

  @Override
  public Instant convert(String text) {
    return read(text, Duration.class)
        .map(ago -> session.clock().instant().minus(ago))
        .or(() ->
            read(text, LocalDate.class).map(date -> date.atStartOfDay(session.zone()).toInstant()))
        .or(() -> read(text, Instant.class))
        .orElseThrow(() ->
            new TypeConversionException(
                "\"" + text + "\" is none of 2h, 7d, 2025-11-30, 2025-11-30T17:05:00Z"));
  }

  private static <T> Optional<T> read(String text, Class<T> type) {
    try {
      return Optional.of(type.cast(ParameterParser.parse(text, type)));
    } catch (BadText e) {
      return Optional.empty();
    }
  }
}
