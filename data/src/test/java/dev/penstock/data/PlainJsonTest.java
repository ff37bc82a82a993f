package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is read without a parser is what the parser reads.
class PlainJsonTest {
  private enum Color {
    GREEN,
    YELLOW
  }

  private record Mixed(
      long id,
      @Nullable Integer small,
      @Nullable Byte tiny,
      @Nullable Double fare,
      @Nullable Float ratio,
      @Nullable BigDecimal tip,
      @Nullable Boolean flag,
      @Nullable String roomName,
      @Nullable Instant at,
      @Nullable Color color) {}

  private static final List<String> FIELDS =
      List.of(
          "id",
          "small",
          "tiny",
          "fare",
          "ratio",
          "tip",
          "flag",
          "room_name",
          "roomName",
          "at",
          "color",
          "ROOM_NAME",
          "other",
          "é");

  private static final List<String> VALUES =
      List.of(
          "1",
          "0",
          "-0",
          "-7",
          "127",
          "128",
          "2147483648",
          "999999999999999999",
          "9223372036854775807",
          "9223372036854775808",
          "1.5",
          "-0.25",
          "1.50",
          "0.1",
          "01",
          "1.",
          "1e3",
          "-",
          "true",
          "false",
          "null",
          "nul",
          "\"\"",
          "\"A\"",
          "\"x y\"",
          "\"ü€😀\"",
          "\"\uFFFD\"",
          "\"a\\nb\"",
          "\"a\nb\"",
          "\"12\"",
          "\"green\"",
          "\"GREEN\"",
          "\"true\"",
          "\"2026-11-21T12:00:00.123Z\"",
          "{}",
          "[1]",
          "{\"id\":1}",
          "'a'",
          "\"open");

  private static final String LETTERS = "{}[]\":,\\ \t01e.-nué\u0001";

  /// Once more by another way into the parser, which always takes it.
  private static @Nullable Object parsed(String json) {
    try {
      return Json.parse(json, new DataType.Nested(RecordType.of(Mixed.class)));
    } catch (BadText | BadJson e) {
      return null;
    }
  }

  private static @Nullable Object read(JsonCodec<Mixed> codec, String json) {
    byte[] bytes = ("##" + json + "##").getBytes(StandardCharsets.UTF_8);
    try {
      return codec.read(bytes, 2, bytes.length - 4);
    } catch (BadText | BadJson e) {
      return null;
    }
  }

  private static String random(Random random) {
    List<String> names = new ArrayList<>(FIELDS);
    if (random.nextInt(3) == 0) {
      Collections.shuffle(names, random);
    }
    boolean good = random.nextInt(3) > 0;
    String blank = random.nextInt(4) == 0 ? " " : "";
    List<String> fields = new ArrayList<>();
    for (String name : names) {
      if (name.equals("id") && good) {
        fields.add("\"id\":" + blank + random.nextLong());
      } else if (random.nextInt(4) == 0) {
        String value = VALUES.get(random.nextInt(good ? 7 : VALUES.size()));
        fields.add("\"" + name + "\"" + blank + ":" + value + blank);
      }
    }
    StringBuilder json = new StringBuilder(blank + "{" + String.join(",", fields) + "}" + blank);
    if (random.nextInt(8) == 0) {
      char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
      json.setCharAt(random.nextInt(json.length()), letter);
    }
    return json.toString();
  }

  @Test
  void randomObjectsAreThoseOfTheParser() {
    long seed = Long.getLong("penstock.seed", 20_251_130);
    System.out.println("randomObjectsAreThoseOfTheParser: seed " + seed);
    Random random = new Random(seed);
    JsonCodec<Mixed> codec = JsonCodec.of(Mixed.class);
    int plain = 0;
    for (int i = 0; i < 20_000; i++) {
      String json = random(random);
      JsonCodec<Mixed> fresh = i % 4 == 0 ? codec : JsonCodec.of(Mixed.class); // which tries it
      Object wanted = parsed(json);
      Object read = read(fresh, json);
      if (!Objects.equals(read, wanted)) {
        assertThat(read).as(json).isEqualTo(wanted);
      }
      plain += wanted == null ? 0 : 1;
    }
    assertThat(plain).isBetween(2_500, 17_500);
  }

  @Test
  void whatIsMalformedIsToldByTheParser() {
    byte[] bytes = "{\"id\":1,\"room_name\":\"aXXb\"}".getBytes(StandardCharsets.UTF_8);
    bytes[22] = (byte) 0xC3;
    JsonCodec<Mixed> codec = JsonCodec.of(Mixed.class);
    assertThatThrownBy(() -> codec.read(bytes, 0, bytes.length))
        .isInstanceOf(BadJson.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void manyObjectsThatNeedTheParserAndThenPlainOnesAreAllRead() {
    JsonCodec<Mixed> codec = JsonCodec.of(Mixed.class);
    for (int i = 0; i < 5_000; i++) {
      String text = i < 2_500 ? "a\\tb" : "a b";
      Object read = read(codec, "{\"id\":" + i + ",\"roomName\":\"" + text + "\"}");
      String name = i < 2_500 ? "a\tb" : "a b";
      Mixed wanted = new Mixed(i, null, null, null, null, null, null, name, null, null);
      assertThat(read).isEqualTo(wanted);
    }
  }
}
