package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.DataType.Decimal;
import dev.penstock.data.DataType.Enumeration;
import dev.penstock.data.DataType.ListOf;
import dev.penstock.data.DataType.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextParserTest {
  private enum Color {
    GREEN,
    YELLOW
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          BYTE,            abc,                  "abc" is not a byte
          BYTE,            128,                  "128" is not a byte (from -128 to 127)
          SHORT,           -32769,               "-32769" is not a short (from -32768 to 32767)
          INT,             1.0,                  "1.0" is not an int
          INT,             '',                   "" is not an int
          INT,             -,                    "-" is not an int
          INT,             2147483648,           "2147483648" is not an int (from -2147483648 to 2147483647)
          LONG,            9223372036854775808,  "9223372036854775808" is not a long (from -9223372036854775808 to 9223372036854775807)
          FLOAT,           1f,                   "1f" is not a float
          DOUBLE,          1d,                   "1d" is not a double
          DOUBLE,          '1,5',                '"1,5" is not a double'
          DOUBLE,          0x1p3,                "0x1p3" is not a double
          DOUBLE,          .,                    "." is not a double
          DOUBLE,          -,                    "-" is not a double
          DOUBLE,          1.2.3,                "1.2.3" is not a double
          DOUBLE,          '',                   "" is not a double
          BOOLEAN,         maybe,                "maybe" is not a boolean
          CHAR,            ab,                   "ab" is not a single character
          DATE,            2025-02-29,           "2025-02-29" is not a date like 2025-11-30
          DATE,            30.11.2025,           "30.11.2025" is not a date like 2025-11-30
          TIME,            25:00,                "25:00" is not a time like 17:05:00
          LOCAL_DATE_TIME, 2025-11-30 24:00:00,  "2025-11-30 24:00:00" is not a local date-time like 2025-11-30T17:05:00
          LOCAL_DATE_TIME, 2025-11-30,           "2025-11-30" is not a local date-time like 2025-11-30T17:05:00
          INSTANT,         2025-11-30T17:05:00,  "2025-11-30T17:05:00" is not an instant like 2025-11-30T17:05:00Z
          UUID,            1-1-1-1-1,            "1-1-1-1-1" is not a UUID
          BINARY,          ?,                    "?" is not Base64
          """)
  void aBadTextIsToldWithWhatWasWanted(Scalar type, String text, String message) {
    assertThatThrownBy(() -> TextParser.parse(text, type))
        .isInstanceOf(BadText.class)
        .hasMessage(message);
  }

  @Test
  void goodTextsAreParsed() {
    assertThat(TextParser.parse(" 12 ", Scalar.INT)).isEqualTo(12);
    assertThat(TextParser.parse("+12", Scalar.LONG)).isEqualTo(12L);
    assertThat(TextParser.parse(" x ", Scalar.STRING)).isEqualTo(" x ");
    assertThat(TextParser.parse("NO", Scalar.BOOLEAN)).isEqualTo(false);
    assertThat(TextParser.parse("1.50", Decimal.ANY)).isEqualTo(new BigDecimal("1.50"));
    assertThat(TextParser.parse("2024-02-29", Scalar.DATE)).isEqualTo(LocalDate.of(2024, 2, 29));
    assertThat(TextParser.parse("17:05", Scalar.TIME)).isEqualTo(LocalTime.of(17, 5));
    LocalDateTime at = LocalDateTime.of(2025, 11, 30, 17, 5, 1);
    assertThat(TextParser.parse("2025-11-30 17:05:01", Scalar.LOCAL_DATE_TIME)).isEqualTo(at);
    assertThat(TextParser.parse("2025-11-30T17:05:01.5", Scalar.LOCAL_DATE_TIME))
        .isEqualTo(at.plusNanos(500_000_000));
    Instant instant = Instant.parse("2025-11-30T17:05:01Z");
    assertThat(TextParser.parse("2025-11-30 18:05:01+01", Scalar.INSTANT)).isEqualTo(instant);
    assertThat(TextParser.parse("2025-11-30T18:05:01+01:00", Scalar.INSTANT)).isEqualTo(instant);
    assertThat(TextParser.parse("[1, 2]", new ListOf(Scalar.INT))).isEqualTo(List.of(1, 2));
    assertThat(TextParser.parse("green", new Enumeration(Color.class))).isEqualTo(Color.GREEN);
    UUID uuid = new UUID(3, 4);
    assertThat(TextParser.parse(uuid.toString(), Scalar.UUID)).isEqualTo(uuid);
  }

  @Test
  void anUnknownConstantIsToldWithTheKnownOnes() {
    assertThatThrownBy(() -> TextParser.parse("grene", new Enumeration(Color.class)))
        .hasMessage("\"grene\" is not one of GREEN, YELLOW; did you mean \"GREEN\"?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "1.",
        ".5",
        "+1.5",
        "1e3",
        "-1E-3",
        "NaN",
        "Infinity",
        "-Infinity",
        "9007199254740993",
        "0.1",
        "123456789012345678901234567890",
        "4.9E-324",
        "0.00000000000000000000000000000001",
        "17.85",
        "900719925474099.9",
        "9007199254740999"
      })
  void doublesAreThoseOfTheJdk(String text) {
    assertThat(TextParser.parse(text, Scalar.DOUBLE)).isEqualTo(Double.valueOf(text));
  }

  @Test
  void randomDoublesAreThoseOfTheJdk() {
    long seed = Long.getLong("penstock.seed", 20_251_130);
    System.out.println("randomDoublesAreThoseOfTheJdk: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      String text =
          switch (i % 3) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 1 -> BigDecimal.valueOf(random.nextLong(), random.nextInt(25)).toPlainString();
            default -> BigDecimal.valueOf(random.nextInt(), random.nextInt(6)).toPlainString();
          };
      double wanted = Double.parseDouble(text);
      assertThat(Double.compare(TextParser.parseDouble(text), wanted)).as(text).isZero();
    }
  }

  @Test
  void anInstantOfADayThatIsNotThereIsRefused() {
    for (String iso : List.of("2025-02-30T17:05:00Z", "2025-11-30T24:00:00Z")) {
      assertThatThrownBy(() -> TextParser.parse(iso, Scalar.INSTANT)).isInstanceOf(BadText.class);
    }
  }

  @Test
  void randomInstantsAreThoseOfTheJdk() {
    long seed = Long.getLong("penstock.seed", 20_251_130);
    System.out.println("randomInstantsAreThoseOfTheJdk: seed " + seed);
    Random random = new Random(seed);
    DateTimeFormatter formatter =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);
    String letters = "0123456789TZ:.-+ ";
    List<String> zones = List.of("Z", "+00:00", "-00:00", "+01:30", "-17:59", "+18:00", "+19:00");
    int good = 0;
    for (int i = 0; i < 25_000; i++) {
      StringBuilder text =
          new StringBuilder(
              "%04d-%02d-%02dT%02d:%02d:%02d"
                  .formatted(
                      random.nextInt(10_000),
                      1 + random.nextInt(12),
                      1 + random.nextInt(31),
                      random.nextInt(25),
                      random.nextInt(60),
                      random.nextInt(60)));
      int fraction = random.nextInt(12);
      text.append(fraction == 0 ? "" : "." + "1234567890".substring(0, fraction - 1));
      text.append(zones.get(random.nextInt(zones.size())));
      if (i % 4 == 0) {
        char letter = letters.charAt(random.nextInt(letters.length()));
        text.setCharAt(random.nextInt(text.length()), letter);
      }
      String iso = text.toString().strip();
      String withT = iso.charAt(10) == ' ' ? iso.substring(0, 10) + 'T' + iso.substring(11) : iso;
      Instant wanted = null;
      try {
        wanted = OffsetDateTime.parse(withT, formatter).toInstant();
      } catch (DateTimeException e) {
        assertThatThrownBy(() -> TextParser.parse(iso, Scalar.INSTANT)).isInstanceOf(BadText.class);
      }
      if (wanted != null) {
        assertThat(TextParser.parse(iso, Scalar.INSTANT)).as(iso).isEqualTo(wanted);
        good++;
      }
    }
    assertThat(good).isBetween(5_000, 22_500);
  }

  @ParameterizedTest
  @EnumSource(Scalar.class)
  void whatIsFormattedIsParsedBackAsTheSame(Scalar type) {
    Object value =
        switch (type) {
          case BOOLEAN -> true;
          case BYTE -> Byte.MIN_VALUE;
          case SHORT -> Short.MAX_VALUE;
          case INT -> Integer.MIN_VALUE;
          case LONG -> Long.MAX_VALUE;
          case FLOAT -> Float.MIN_VALUE;
          case DOUBLE -> -Double.MAX_VALUE;
          case CHAR -> ' ';
          case STRING -> " \n\"x\"";
          case DATE -> LocalDate.of(-1, 1, 2);
          case TIME -> LocalTime.of(1, 2, 3, 4);
          case LOCAL_DATE_TIME -> LocalDateTime.of(12025, 1, 2, 3, 0);
          case INSTANT -> Instant.parse("1969-12-31T23:59:59.999999999Z");
          case UUID -> new UUID(-1, 1);
          case BINARY -> new byte[] {-1, 0, 1};
        };
    assertThat(TextParser.parse(TextFormat.format(value, type), type)).isEqualTo(value);
  }

  @Test
  void aLongOrStrangeTextIsShownOnOneShortLine() {
    assertThat(new BadText("a\n\"\u0000" + "x".repeat(200), "an int"))
        .hasMessage("\"a\\n\\\"\\u0000" + "x".repeat(96) + "\"… (204 characters) is not an int");
  }
}
