package dev.penstock.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParametersTest {
  enum Color {
    YELLOW,
    GREEN
  }

  record Load(
      @Default("trips.parquet") Path source,
      int limit,
      @Default("YELLOW") Color color,
      Optional<LocalDate> since,
      @Nullable String note) {}

  record Kinds(
      boolean flag,
      Long count,
      double ratio,
      BigDecimal price,
      YearMonth month,
      Duration pause,
      URI page,
      List<Color> colors,
      List<Integer> numbers) {}

  record Checked(int limit) {
    Checked {
      if (limit < 1) {
        throw new IllegalArgumentException("limit must be at least 1, was " + limit);
      }
    }
  }

  record Unfit(Thread thread, @Default("many") int count) {}

  record None() {}

  private static <R extends Record> R bind(Class<R> record, String... assignments) {
    return Parameters.of(record).bind(GivenParameters.of(List.of(assignments)));
  }

  @Test
  void defaultsAndAbsencesStandForWhatIsNotGiven() {
    assertThat(bind(Load.class, "limit=3"))
        .isEqualTo(new Load(Path.of("trips.parquet"), 3, Color.YELLOW, Optional.empty(), null));
  }

  @Test
  void everyKindOfTypeIsMadeOfItsText() {
    assertThat(
            bind(
                Kinds.class,
                "flag=true",
                "count=5000000000",
                "ratio=0.5",
                "price=12.50",
                "month=2025-11",
                "pause=90s",
                "page=https://example.org/a?b=c",
                "colors=green, YELLOW",
                "numbers="))
        .isEqualTo(
            new Kinds(
                true,
                5_000_000_000L,
                0.5,
                new BigDecimal("12.50"),
                YearMonth.of(2025, 11),
                Duration.ofSeconds(90),
                URI.create("https://example.org/a?b=c"),
                List.of(Color.GREEN, Color.YELLOW),
                List.of()));
  }

  @Test
  void namesMayBeWrittenAsCommandLinesDo() {
    record Limits(int maxRows) {}
    assertThat(bind(Limits.class, "max-rows=1")).isEqualTo(new Limits(1));
    assertThat(bind(Limits.class, "max_rows=2")).isEqualTo(new Limits(2));
    assertThatThrownBy(() -> bind(Limits.class, "max-rows=1", "maxRows=2"))
        .isInstanceOf(ParametersRefused.class)
        .hasMessageContaining("\"maxRows\" is given twice");
  }

  @Test
  void aTextMayHoldTheSignThatEndsTheName() {
    record Query(String where) {}
    assertThat(bind(Query.class, "where=a=b")).isEqualTo(new Query("a=b"));
  }

  @Test
  void allProblemsAreToldAtOnce() throws IOException {
    Throwable refused =
        catchThrowable(() ->
            bind(Load.class, "sorce=a", "color=red", "since=yesterday", "x", "note=a", "note=b"));
    assertThat(refused).isInstanceOf(ParametersRefused.class);
    assertThat(((ParametersRefused) refused).problems()).hasSize(6);
    Golden.assertMatches("parameters-refused", refused.getMessage());
  }

  @Test
  void aJobWithoutParametersSaysSo() {
    assertThat(bind(None.class)).isEqualTo(new None());
    assertThatThrownBy(() -> bind(None.class, "a=b"))
        .hasMessage(
            """
            1 problem with the parameters:
              "a" is unknown
            There are no parameters.\
            """);
  }

  @Test
  void theRecordsOwnChecksAreProblemsToo() {
    assertThatThrownBy(() -> bind(Checked.class, "limit=0"))
        .isInstanceOf(ParametersRefused.class)
        .hasMessageContaining("limit must be at least 1, was 0");
  }

  @Test
  void aRecordThatCannotHoldParametersIsNamedWithAllItsFaults() throws IOException {
    Throwable refused = catchThrowable(() -> Parameters.of(Unfit.class));
    assertThat(refused).isInstanceOf(IllegalArgumentException.class);
    Golden.assertMatches("parameters-unfit", refused.getMessage());
  }

  @Test
  void argumentsOfMainAreReadInBothForms() {
    assertThat(GivenParameters.ofArguments("--param", "a=1", "--param=b=2"))
        .isEqualTo(GivenParameters.of(List.of("a=1", "b=2")));
    assertThat(GivenParameters.ofArguments("-a", "--param").problems())
        .containsExactly(
            "\"-a\" is no parameter; they are given as --param NAME=VALUE",
            "\"--param\" is no parameter; they are given as --param NAME=VALUE");
  }

  @Test
  void laterGivenOnesReplaceEarlierOnes() {
    assertThat(GivenParameters.of(List.of("a=1", "b=2")).and(GivenParameters.of(List.of("a=3"))))
        .isEqualTo(GivenParameters.of(List.of("a=3", "b=2")));
  }
}
