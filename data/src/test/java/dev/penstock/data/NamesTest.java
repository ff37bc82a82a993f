package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.DataType.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private record Trip(int PULocationID, int passengerCount, @Name("total") double amount) {}

  private static ColumnMatch match(String... present) {
    return ColumnMatch.of(RecordType.of(Trip.class).schema(), List.of(present));
  }

  @Test
  void columnsAreFoundByComponentThenBySnakeCaseThenWithoutCaseAndUnderscores() {
    assertThat(match("passengerCount", "passenger_count", "PuLocationId", "total").indexes())
        .containsExactly(2, 0, 3);
    assertThat(match("Passenger_Count", "passenger_count", "pu_location_id", "TOTAL").indexes())
        .containsExactly(2, 1, 3);
  }

  @Test
  void missingAndAmbiguousColumnsAreAllTold() {
    assertThat(match("PASSENGER_COUNT", "PassengerCount", "totl", "amount").problems())
        .containsExactly(
            "column \"passenger_count\" (component passengerCount) could be any of"
                + " \"PASSENGER_COUNT\", \"PassengerCount\": name one with @Name",
            "column \"pu_location_id\" (component PULocationID) is missing",
            "column \"total\" (component amount) is missing; did you mean \"totl\"?");
  }

  @ParameterizedTest
  @CsvSource({
    "month, moth, month", "month, mnoth, month", "month, MONTH, month", "month, data, ''",
    "target, --taget, target", "table, tables, table", "a, b, a", "ab, xy, ''"
  })
  void theNameThatWasMeantIsFound(String known, String given, String wanted) {
    assertThat(DidYouMean.closest(given, List.of(known, "zzzzzzzzz")).orElse("")).isEqualTo(wanted);
  }

  private final Row row =
      Row.of(
          new Schema(List.of(Column.of("id", Scalar.STRING), Column.of("fare", Scalar.DOUBLE))),
          "7",
          null);

  @Test
  void aRowConvertsItsValues() {
    assertThat(row.integer("id")).isEqualTo(7);
    assertThat(row.text("id")).isEqualTo("7");
    assertThat(row.get("fare", Double.class)).isNull();
    assertThat(row).hasToString("Row[id=7, fare=null]");
    assertThatThrownBy(() -> row.date("id"))
        .hasMessage("\"7\" is not a date like 2025-11-30, in column \"id\"");
    assertThatThrownBy(() -> row.number("fare")).hasMessage("column \"fare\" is null");
    assertThatThrownBy(() -> row.text("fair"))
        .hasMessage("there is no column \"fair\" in [id, fare]; did you mean \"fare\"?");
  }

  @Test
  void parametersOfAllTypesAreParsed() {
    assertThat(ParameterParser.parse("2025-11", YearMonth.class)).isEqualTo(YearMonth.of(2025, 11));
    assertThat(ParameterParser.parse("a/b.csv", Path.class)).isEqualTo(Path.of("a/b.csv"));
    assertThat(ParameterParser.parse("5", int.class)).isEqualTo(5);
    assertThat(ParameterParser.parse("1d2h", Duration.class)).isEqualTo(Duration.ofHours(26));
    assertThat(ParameterParser.parse("90s", Duration.class)).isEqualTo(Duration.ofSeconds(90));
    assertThat(ParameterParser.parse("PT1H", Duration.class)).isEqualTo(Duration.ofHours(1));
    assertThat(ParameterParser.parse("64 mib", DataSize.class)).isEqualTo(DataSize.mebibytes(64));
    assertThatThrownBy(() -> ParameterParser.parse("2025-13", YearMonth.class))
        .hasMessage("\"2025-13\" is not a month like 2025-11");
    assertThatThrownBy(() -> ParameterParser.parse("soon", Duration.class))
        .hasMessage("\"soon\" is not a duration like 90s, 1h30m or PT1H30M");
    assertThat(ParameterParser.supports(Thread.class)).isFalse();
    assertThat(ParameterParser.supports(YearMonth.class)).isTrue();
  }

  @Test
  void dataSizesAreShownInTheLargestExactUnit() {
    assertThat(DataSize.mebibytes(64)).hasToString("64MiB");
    assertThat(DataSize.bytes(1500)).hasToString("1500B");
    assertThat(DataSize.bytes(0)).hasToString("0B");
    assertThatThrownBy(() -> DataSize.parse("9000000 TiB")).isInstanceOf(BadText.class);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://me:pa:ss@db/x, jdbc:postgresql://me:***@db/x",
    "jdbc:postgresql://db/x?user=me&password=s3cret&ssl=true, jdbc:postgresql://db/x?user=me&password=***&ssl=true",
    "https://h/a?X-Amz-Signature=abc, https://h/a?X-Amz-Signature=***",
    "jdbc:duckdb:trips.duckdb, jdbc:duckdb:trips.duckdb",
    "warehouse, warehouse"
  })
  void aConnectionNeverShowsAPassword(String value, String shown) {
    assertThat(new ConnectionName(value)).hasToString(shown);
  }

  @Test
  void aConnectionIsResolvedByTheEnvironmentThenByResolvers() {
    ConnectionName name = new ConnectionName("ware-house");
    ConnectionResolver stored = asked -> Optional.of(ConnectionSettings.of("jdbc:stored-" + asked));
    Map<String, String> environment = Map.of("PENSTOCK_CONNECTION_WARE_HOUSE", "jdbc:x");
    assertThat(name.settings(environment, Stream.of(stored)).url()).isEqualTo("jdbc:x");
    assertThat(name.settings(Map.of(), Stream.of(_ -> Optional.empty(), stored)).url())
        .isEqualTo("jdbc:stored-ware-house");
    assertThat(new ConnectionName("jdbc:y").settings().url()).isEqualTo("jdbc:y");
    assertThatThrownBy(() -> name.settings(Map.of(), Stream.of()))
        .isInstanceOf(UnknownConnection.class)
        .hasMessage(
            "connection \"ware-house\" is not known: set the environment variable"
                + " PENSTOCK_CONNECTION_WARE_HOUSE to its URL, or save a block of that name with"
                + " its settings");
  }

  @Test
  void settingsOfAConnectionTakeTheirSecretsOutOfMessages() {
    ConnectionSettings settings =
        new ConnectionSettings(
            "jdbc:x?password=first", Map.of("user", "me"), Map.of("key", Secret.of("second")));
    assertThat(settings.redact("no jdbc:x?password=first with second for me"))
        .isEqualTo("no jdbc:x?password=*** with *** for me");
    assertThat(settings.toString()).isEqualTo("jdbc:x?password=***");
  }
}
