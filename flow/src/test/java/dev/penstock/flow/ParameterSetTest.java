package dev.penstock.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.data.ConnectionName;
import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ParameterSetTest {
  enum Color {
    YELLOW,
    GREEN
  }

  record Stop(String name, @Default("1") @Allowed(min = "1") int minutes) {}

  record Trip(@Description("where it goes") List<Stop> stops, Optional<Duration> limit) {}

  record Span(Instant from, Instant to) {
    Span {
      if (to.isBefore(from)) {
        throw new IllegalArgumentException("a span must not end before it begins");
      }
    }
  }

  record Chain(Optional<Chain> next) {}

  record Unfit(
      Chain chain,
      @Allowed(min = "x") int count,
      @Allowed(min = "3", max = "1") int size,
      @Allowed(min = "a") Path path,
      @Default("0") @Allowed(min = "1") int low,
      @Allowed(oneOf = {"red"}) Color color,
      Map<String, Thread> threads) {}

  @SuppressWarnings("unused")
  static void ingest(
      @Default("yellow") @Description("which taxis") @Allowed(oneOf = {"yellow", "green"})
          String color,
      YearMonth month,
      @Default("trips") @Allowed(pattern = "[a-z_]+") String table,
      @Default("1,2") @Allowed(min = "1", max = "12") List<Integer> months,
      Map<Color, BigDecimal> fares,
      Trip trip,
      Span span,
      @Nullable ConnectionName warehouse,
      Optional<URI> page,
      @Default("") Set<Color> colors,
      @Allowed(min = "2020-01-01") @Default("2025-01-01") LocalDate since,
      @Default("out.csv") Path out,
      @Allowed(notBlank = true) @Default("x") String note,
      @Default("2025-11-30T17:05:00+01:00[Europe/Berlin]") ZonedDateTime at) {}

  private static ParameterSet ingest() {
    Method method =
        Arrays.stream(ParameterSetTest.class.getDeclaredMethods())
            .filter(one -> one.getName().equals("ingest") && one.getParameterCount() > 0)
            .findFirst()
            .orElseThrow();
    return ParameterSet.of(method, List::of);
  }

  private static final Map<String, String> TEXTS =
      Map.of(
          "month", "2025-11",
          "fares", "{\"GREEN\": 1.50}",
          "trip", "{\"stops\": [{\"name\": \"a\"}, {\"name\": \"b\", \"minutes\": 3}]}",
          "span", "{\"from\": \"2025-11-01T00:00:00Z\", \"to\": \"2025-11-02T00:00:00Z\"}",
          "warehouse", "lake",
          "colors", "green");

  @Test
  void textsBecomeTypedValues() {
    assertThat(ingest().bind(TEXTS))
        .containsExactly(
            "yellow",
            YearMonth.of(2025, 11),
            "trips",
            List.of(1, 2),
            Map.of(Color.GREEN, new BigDecimal("1.50")),
            new Trip(List.of(new Stop("a", 1), new Stop("b", 3)), Optional.empty()),
            new Span(Instant.parse("2025-11-01T00:00:00Z"), Instant.parse("2025-11-02T00:00:00Z")),
            new ConnectionName("lake"),
            Optional.empty(),
            Set.of(Color.GREEN),
            LocalDate.of(2025, 1, 1),
            Path.of("out.csv"),
            "x",
            ZonedDateTime.parse("2025-11-30T17:05:00+01:00[Europe/Berlin]"));
  }

  @Test
  void jsonOfValuesGivesTheSameValues() {
    Object[] values = ingest().bind(TEXTS);
    String json = JsonTree.write(ingest().toJson(values));
    assertThat(ingest().bindJson(JsonTree.readObject(json))).isEqualTo(values);
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirPlaces() throws IOException {
    Throwable refused =
        catchThrowable(() ->
            ingest()
                .bindJson(
                    JsonTree.readObject(
                        """
                        {"color": "yelow", "month": null, "tabel": "a", "table": "A B",
                         "months": [1, 13, null, "x"], "fares": {"RED": 1, "GREEN": []},
                         "trip": {"stops": [{"minutes": 0, "nam": "a"}, 5], "limit": "soon"},
                         "span": {"from": "2025-11-02T00:00:00Z", "to": "2025-11-01T00:00:00Z"},
                         "page": {}, "colors": 7, "since": "2019-12-31", "note": " "}
                        """)));
    assertThat(refused).isInstanceOf(ParametersRefused.class);
    Golden.assertMatches("parameter-set-refused", refused.getMessage());
  }

  @Test
  void whatIsNoJsonIsAProblemOfItsParameter() {
    assertThatThrownBy(() -> ParameterSet.ofRecord(Trip.class).bind(Map.of("stops", "[{")))
        .isInstanceOf(ParametersRefused.class)
        .hasMessageContaining("\"stops\": no JSON: ");
  }

  @Test
  void theSchemaSaysAllThatIsKnown() throws IOException {
    Golden.assertMatches(
        "parameter-set-schema",
        JsonMapper.builder()
            .build()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(ingest().jsonSchema()));
  }

  @Test
  void aRecordThatWillNotDoIsRefusedWithAllItsFaults() throws IOException {
    Throwable refused = catchThrowable(() -> ParameterSet.ofRecord(Unfit.class));
    assertThat(refused).isInstanceOf(IllegalArgumentException.class);
    Golden.assertMatches("parameter-set-unfit", refused.getMessage());
  }

  @Test
  void aSecretIsNotRecorded() {
    record Target(ConnectionName to) {}
    ParameterSet set = ParameterSet.ofRecord(Target.class);
    Object[] values = {new ConnectionName("jdbc:postgresql://me:hidden@host/db")};
    assertThatThrownBy(() -> set.toJson(values))
        .hasMessage(
            "connection \"jdbc:postgresql://me:***@host/db\" holds a secret, which must not be"
                + " recorded; give the connection a name, and pass that");
  }

  @Test
  void aYamlNumberMayStandForAText() {
    record Names(String table, long count) {}
    assertThat(ParameterSet.ofRecord(Names.class).bindJson(Map.of("table", 2025, "count", "7")))
        .containsExactly("2025", 7L);
  }
}
