package dev.penstock.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Texts and JSON that nobody sends who means well, and some that are right but extreme.
final class HostileValues {
  private static final int LONG = 100_000;
  private static final int DEEP = 1000;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1e999999999",
          "99999999999999999999",
          "null",
          "[[[[",
          "'; DROP TABLE flow_run; --",
          "\" OR 1=1",
          "%",
          "_!%",
          Shop.HOSTILE,
          "../../../../etc/passwd",
          "..",
          "a/b",
          "\u0000",
          "a\u0000b",
          "\uD83D\uDE80",
          "\uD83D",
          "\u202Eabc",
          "javascript:alert(1)",
          "${jndi:ldap://127.0.0.1:9/a}",
          "a\r\nX-Injected: 1",
          "+1000000000-12-31T23:59:59.999999999Z",
          "-1000000000-01-01T00:00:00Z",
          "-999999999-01-01T00:00:00Z",
          "+999999999-12-31",
          "+999999999-12",
          "9999-12-31",
          "0000-01-01",
          "2099-01-01",
          "PT9223372036854775807S",
          "PT-1S",
          "-PT1H",
          "P106751991167300D",
          "999999999999d",
          "cron 0 0 30 2 *",
          "cron 0 0 29 2 1 zone=Africa/Cairo",
          "cron * * * * * end=-1000000000-01-01T00:00:00Z",
          "cron * * * * * start=+1000000000-12-31T23:59:59.999999999Z",
          "interval PT9223372036854775807S anchor=2026-01-01T00:00:00Z",
          "interval P106751991167300D anchor=2026-01-01T00:00:00Z",
          "interval PT1S anchor=1800-01-01T00:00:00Z",
          "rrule FREQ=YEARLY;INTERVAL=2147483647 dtstart=2026-01-01T00:00",
          "rrule FREQ=SECONDLY;COUNT=2147483647 dtstart=1800-01-01T00:00",
          "rrule FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30 dtstart=+999999999-12-31T23:59",
          "always PT9223372036854775807S",
          "always PT1H zone=Nowhere/At-All");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1.5",
          "-0.0",
          "2147483647",
          "2147483648",
          "-2147483648",
          "9223372036854775808",
          "1e999999999",
          "1e-999999999",
          "9".repeat(900),
          "9".repeat(5000));

  private final Random random;

  HostileValues(Random random) {
    this.random = random;
  }

  /// A text.
  ///
  /// @param most how many characters at most
  String text(int most) {
    String text =
        switch (random.nextInt(12)) {
          case 0 -> letters(most);
          case 1 -> characters(1 + random.nextInt(40));
          case 2 -> letters(1 + random.nextInt(Math.min(most, 9000)));
          default -> pick(TEXTS);
        };
    return text.length() > most ? text.substring(0, most) : text;
  }

  /// The same as a JSON string, or any other JSON, sometimes of a depth that nobody needs.
  String json() {
    return switch (random.nextInt(16)) {
      case 0 -> "null";
      case 1 -> String.valueOf(random.nextBoolean());
      case 2, 3, 4 -> pick(NUMBERS);
      case 5 -> "[]";
      case 6 -> "{}";
      case 7 -> nested(random.nextBoolean() ? DEEP : 485 + random.nextInt(30));
      case 8 -> nested(1 + random.nextInt(200));
      case 9 -> list(random.nextInt(5) == 0 ? 3000 : random.nextInt(6));
      case 10 -> "{" + quoted(text(100)) + ": " + quoted(text(LONG)) + "}";
      default -> quoted(text(LONG));
    };
  }

  private String nested(int depth) {
    return random.nextBoolean()
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private String list(int length) {
    return Stream.generate(() -> random.nextInt(20) == 0 ? pick(NUMBERS) : quoted(text(100)))
        .limit(length)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// A body that is no JSON object.
  String noObject() {
    List<String> bodies = new ArrayList<>();
    bodies.add("{");
    bodies.add("{\"");
    bodies.add("{\"a\":1,\"a\":2}");
    bodies.add("{} {}");
    bodies.add("{'a': 1}");
    bodies.add("NaN");
    bodies.add("\u0000");
    bodies.add("\uFEFF{}");
    bodies.add("<a/>");
    bodies.add("a=b&c=%zz");
    bodies.add("{\"" + letters(60_000) + "\": 1}");
    bodies.add("{\"a\": " + "9".repeat(200_000) + "}");
    bodies.add(json());
    return pick(bodies);
  }

  /// So many letters and digits that no database packs.
  private String letters(int length) {
    return random
        .ints(length, 0, 36)
        .mapToObj(digit -> Character.toString(Character.forDigit(digit, 36)))
        .collect(Collectors.joining());
  }

  private String characters(int length) {
    return IntStream.range(0, length)
        .mapToObj(_ -> Character.toString(random.nextInt(random.nextBoolean() ? 0x80 : 0x3000)))
        .collect(Collectors.joining());
  }

  /// A text as JSON; what has no place in UTF-8 is written by its number.
  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
