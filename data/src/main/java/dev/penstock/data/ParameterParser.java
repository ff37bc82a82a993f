package dev.penstock.data;

import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

/// Makes values of the texts of parameters: of every type that [TextParser] knows, and of `Year`,
/// `YearMonth`, `OffsetDateTime`, `ZonedDateTime`, `Period`, `Duration`, `ZoneId`, `Path`, `URI`,
/// [DataSize] and [ConnectionName].
public final class ParameterParser {
  private ParameterParser() {}

  /// The value of a text in a Java type, which may be primitive or generic.
  ///
  /// @throws BadText when the text is something else
  /// @throws UnsupportedType when no text can be made such a value
  public static Object parse(String text, Type type) {
    if (!(type instanceof Class<?> raw)) {
      return TextParser.parse(text, DataType.of(type));
    }
    return switch (raw.getName()) {
      case "java.time.Year" -> time(text, "a year like 2025", Year::parse);
      case "java.time.YearMonth" -> time(text, "a month like 2025-11", YearMonth::parse);
      case "java.time.OffsetDateTime" ->
          time(text, "a date-time like 2025-11-30T17:05:00+01:00", OffsetDateTime::parse);
      case "java.time.ZonedDateTime" ->
          time(
              text,
              "a date-time like 2025-11-30T17:05:00+01:00[Europe/Berlin]",
              ZonedDateTime::parse);
      case "java.time.Period" -> time(text, "a period like P1M or P7D", Period::parse);
      case "java.time.Duration" -> duration(text);
      case "java.time.ZoneId" -> time(text, "a time zone like Europe/Berlin", ZoneId::of);
      case "java.nio.file.Path" -> path(text);
      case "java.net.URI" -> uri(text);
      case "dev.penstock.data.DataSize" -> DataSize.parse(text);
      case "dev.penstock.data.ConnectionName" -> new ConnectionName(text);
      default -> TextParser.parse(text, DataType.of(raw));
    };
  }

  /// Whether there is any text that [#parse] can make a value of this type.
  public static boolean supports(Type type) {
    try {
      parse("", type);
      return true;
    } catch (UnsupportedType e) {
      return false;
    } catch (IllegalArgumentException e) {
      return true; // it is the empty text that was refused
    }
  }

  @FunctionalInterface
  private interface TimeReader {
    Object read(String text);
  }

  private static Object time(String text, String wanted, TimeReader reader) {
    try {
      return reader.read(text.strip());
    } catch (DateTimeException e) {
      throw new BadText(text, wanted);
    }
  }

  /// ISO 8601 (`PT1H30M`), or the same without `PT` in any case: `90s`, `1h30m`, `2d`.
  private static Duration duration(String text) {
    String iso = text.strip();
    if (!iso.isEmpty() && !iso.startsWith("P") && !iso.startsWith("-")) {
      int days = iso.toLowerCase(Locale.ROOT).indexOf('d');
      iso =
          days < 0 ? "PT" + iso : "P" + iso.substring(0, days + 1) + rest(iso.substring(days + 1));
    }
    try {
      return Duration.parse(iso);
    } catch (DateTimeException e) {
      throw new BadText(text, "a duration like 90s, 1h30m or PT1H30M");
    }
  }

  private static String rest(String hours) {
    return hours.isEmpty() ? "" : "T" + hours;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new BadText(text, "a path");
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new BadText(text, "a URI");
    }
  }
}
