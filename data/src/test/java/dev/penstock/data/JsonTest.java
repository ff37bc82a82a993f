package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  private record Zone(int id, String name) {}

  private record Trip(
      long id,
      Integer passengerCount,
      double fare,
      BigDecimal tip,
      boolean flag,
      Instant at,
      Zone zone,
      List<Zone> zones,
      Map<Integer, Double> byHour) {}

  private static <T> T read(String json, Class<T> type) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return JsonCodec.of(type).read(bytes, 0, bytes.length);
  }

  private static <T> String write(T record, Class<T> type) {
    return new String(JsonCodec.of(type).write(record), StandardCharsets.UTF_8);
  }

  private static Trip trip() {
    return new Trip(
        Long.MAX_VALUE,
        1,
        Double.NaN,
        new BigDecimal("0.10"),
        true,
        Instant.EPOCH,
        new Zone(1, "ü\n"),
        Arrays.asList(new Zone(2, null), null),
        new HashMap<>(Map.of(1, 1.5)));
  }

  @Test
  void recordsPassThrough() {
    assertThat(read(write(trip(), Trip.class), Trip.class)).isEqualTo(trip());
  }

  @Test
  void aRecordIsWrittenWithTheNamesOfItsColumns() {
    assertThat(write(trip(), Trip.class))
        .isEqualTo(
            "{\"id\":9223372036854775807,\"passenger_count\":1,\"fare\":\"NaN\",\"tip\":0.10,\"flag\":true,"
                + "\"at\":\"1970-01-01T00:00:00Z\",\"zone\":{\"id\":1,\"name\":\"ü\\n\"},"
                + "\"zones\":[{\"id\":2,\"name\":null},null],\"by_hour\":{\"1\":1.5}}");
  }

  private record Some(int passengerCount, String text, Double fare) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"passenger_count": 1, "text": "a"}
          {"passengerCount": 1, "text": "a"}
          {"PassengerCount": "1", "TEXT": "a", "other": {"text": ["b"]}}
          {"text": "a", "passenger_count": 1, "fare": null}
          """)
  void fieldsAreFoundByTheirNamesInAnyOrderAndOthersAreSkipped(String json) {
    assertThat(read(json, Some.class)).isEqualTo(new Some(1, "a", null));
  }

  private record Outer(List<Zone> zones) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          {"passenger_count": "x"}                       | field "passenger_count": "x" is not an int
          {"passenger_count": 1.5}                       | field "passenger_count": "1.5" is not an int
          {"passenger_count": 3000000000}                | field "passenger_count": "3000000000" is not an int (from -2147483648 to 2147483647)
          {"passenger_count": true}                      | field "passenger_count": "true" is not an int
          {"passenger_count": {}}                        | field "passenger_count": an object is not a value of type int
          {"passenger_count": null}                      | field "passenger_count": it is null, wanted int
          {}                                             | field "passenger_count": it is missing, wanted int
          {"passenger_count": 1, "passengerCount": 1}    | field "passengerCount": it is there more than once
          {"passenger_count": 1, "fare": "1,5"}          | field "fare": "1,5" is not a double
          {"passenger_count": 1, "text": [1]}            | field "text": an array is not a value of type string
          []                                             | an array is not a value of type record Some
          12                                             | "12" is not a value of type record Some
          {"passenger_count": 1} {}                      | more text follows the JSON value at character 24
          §§                                             | the JSON text is empty
          """)
  void aBadFieldIsToldWithItsPath(String json, String message) {
    assertThatThrownBy(() -> read(json, Some.class))
        .isInstanceOf(BadJson.class)
        .hasMessage(message);
  }

  private record Tip(BigDecimal tip) {}

  @Test
  void aDecimalOutOfAllBoundsIsABadField() {
    assertThatThrownBy(() -> read("{\"tip\": 9e3372036854775808}", Tip.class))
        .isInstanceOf(BadJson.class)
        .hasMessage("field \"tip\": \"9e3372036854775808\" is not a decimal");
  }

  @Test
  void aBadFieldWithinListsAndRecordsIsToldWithItsPath() {
    assertThatThrownBy(() -> read("{\"zones\": [{\"id\": 1}, {\"id\": \"x\"}]}", Outer.class))
        .hasMessage("field \"zones[1].id\": \"x\" is not an int");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          {"passenger_count": 1      | not JSON at character
          {"passenger_count": 1,}    | not JSON at character 23
          {passenger_count: 1}       | not JSON at character 2
          """)
  void brokenJsonIsToldWithItsPlace(String json, String message) {
    assertThatThrownBy(() -> read(json, Some.class))
        .isInstanceOf(BadJson.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aReaderGoesOnAfterABadRecord() {
    JsonCodec<Some> codec = JsonCodec.of(Some.class);
    byte[] bad =
        "{\"passenger_count\": 1, \"text\": \"old\", \"fare\": \"x\"}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] good = "{\"passenger_count\": 2}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> codec.read(bad, 0, bad.length)).isInstanceOf(BadJson.class);
    assertThat(codec.read(good, 0, good.length)).isEqualTo(new Some(2, null, null));
  }

  private record Failing(int a, String b) {
    @Override
    public String b() {
      if (a == 2) {
        throw new IllegalStateException("no b");
      }
      return b;
    }
  }

  @Test
  void aWriterGoesOnAfterARecordThatFails() {
    JsonCodec<Failing> codec = JsonCodec.of(Failing.class);
    assertThat(codec.write(new Failing(1, "x"))).asString().isEqualTo("{\"a\":1,\"b\":\"x\"}");
    assertThatThrownBy(() -> codec.write(new Failing(2, "y"))).hasMessage("no b");
    assertThat(codec.write(new Failing(3, "z"))).asString().isEqualTo("{\"a\":3,\"b\":\"z\"}");
    assertThat(codec.write(new Failing(4, "z"))).asString().isEqualTo("{\"a\":4,\"b\":\"z\"}");
  }

  @Test
  void objectsAreReadAsRows() {
    Row row =
        read(
            "{\"id\": 1, \"fare\": 1.10, \"on\": true, \"zone\": {\"id\": [2]}, \"no\": null}",
            Row.class);
    assertThat(row.values())
        .containsExactly(1L, new BigDecimal("1.10"), true, "{\"id\":[2]}", null);
    assertThat(row.integer("id")).isOne();
    assertThat(row.number("fare")).isEqualTo(1.1);
    assertThat(write(row, Row.class))
        .isEqualTo(
            "{\"id\":1,\"fare\":1.10,\"on\":true,\"zone\":\"{\\\"id\\\":[2]}\",\"no\":null}");
  }
}
