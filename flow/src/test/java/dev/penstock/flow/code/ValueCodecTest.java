package dev.penstock.flow.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.pipeline.run.StepSummary;
import dev.penstock.pipeline.run.Summary;
import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueCodecTest {
  enum Color {
    RED,
    GREEN {
      @Override
      boolean bright() {
        return true;
      }
    };

    boolean bright() {
      return false;
    }
  }

  sealed interface Shape {}

  record Square(double side) implements Shape {}

  sealed interface Round extends Shape {}

  record Circle(double radius) implements Round {}

  record Pair<A, B>(A first, B second) {}

  record Node(String name, List<Node> children) {}

  private record Trip(String id, @Nullable Integer count) {
    boolean isFree() {
      return count == null;
    }

    String getLabel() {
      return id;
    }
  }

  record Everything(
      Trip trip,
      Shape shape,
      List<Shape> shapes,
      Color color,
      Map<Color, List<Optional<Trip>>> byColor,
      Pair<String, Pair<LocalDate, Integer>> pair,
      Node tree,
      Set<Integer> numbers,
      BigDecimal price,
      BigDecimal large,
      BigInteger whole,
      UUID id,
      URI page,
      Optional<String> none,
      Optional<Duration> some,
      Instant instant,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      OffsetDateTime offset,
      ZonedDateTime zoned,
      Period period,
      Year year,
      YearMonth month,
      MonthDay day,
      DayOfWeek weekday,
      ZoneId zone,
      double ratio,
      double none2,
      float small,
      long big,
      byte tiny,
      char letter,
      boolean flag,
      Map<Integer, String> names,
      Map<LocalDate, Long> counts) {}

  private static final Everything EVERYTHING =
      new Everything(
          new Trip("a", null),
          new Circle(2),
          List.of(new Square(1), new Circle(0.1)),
          Color.GREEN,
          Map.of(Color.GREEN, List.of(Optional.of(new Trip("b", 1)), Optional.empty())),
          new Pair<>("x", new Pair<>(LocalDate.of(2025, 1, 2), 3)),
          new Node("root", List.of(new Node("leaf", List.of()))),
          Set.of(3, 1, 2),
          new BigDecimal("1.500"),
          new BigDecimal("1E+30"),
          new BigInteger("123456789012345678901234567890"),
          new UUID(1, 2),
          URI.create("https://example.org/a?b=c"),
          Optional.empty(),
          Optional.of(Duration.ofMillis(1500)),
          Instant.parse("2025-11-01T10:00:00.123456789Z"),
          LocalDate.of(2025, 11, 1),
          LocalTime.of(10, 0),
          LocalDateTime.of(2025, 11, 1, 10, 0, 1),
          OffsetDateTime.parse("2025-11-01T10:00:00+01:00"),
          ZonedDateTime.parse("2025-11-01T10:00:00+01:00[Europe/Berlin]"),
          Period.ofDays(3),
          Year.of(2025),
          YearMonth.of(2025, 11),
          MonthDay.of(2, 29),
          DayOfWeek.FRIDAY,
          ZoneId.of("Europe/Berlin"),
          0.1,
          Double.NaN,
          1.5f,
          Long.MAX_VALUE,
          (byte) -1,
          'x',
          true,
          Map.of(10, "ten", 9, "nine"),
          Map.of(LocalDate.of(2025, 1, 1), 5L));

  record Types(
      List<Trip> trips,
      byte[] bytes,
      int[] numbers,
      Map<String, Path> files,
      List<Thread> threads,
      Map<Trip, String> byTrip,
      InputStream stream,
      Pair<String, Object> anything) {}

  private static Type type(String component) {
    return Arrays.stream(Types.class.getRecordComponents())
        .filter(one -> one.getName().equals(component))
        .map(RecordComponent::getGenericType)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everythingComesBackAsItWas() throws IOException {
    ValueCodec codec = ValueCodec.of(Everything.class);
    String json = codec.writeChecked(EVERYTHING);
    assertThat(codec.read(json)).isEqualTo(EVERYTHING);
    Golden.assertMatches("value-everything", json.replace(",\"", ",\n\""));
  }

  @Test
  void mapsAndSetsAreWrittenInOrder() {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("b", 1);
    map.put("a", 2);
    record Unordered(Map<String, Integer> map, Set<Trip> set) {}
    Set<Trip> set = Set.of(new Trip("c", 1), new Trip("b", 2), new Trip("a", 3));
    assertThat(ValueCodec.of(Unordered.class).writeChecked(new Unordered(map, set)))
        .isEqualTo(
            "{\"map\":{\"a\":2,\"b\":1},\"set\":[{\"id\":\"a\",\"count\":3},"
                + "{\"id\":\"b\",\"count\":2},{\"id\":\"c\",\"count\":1}]}");
  }

  @Test
  void arraysAreComparedByWhatIsInThem() {
    byte[] bytes = {1, 2, 3};
    ValueCodec codec = ValueCodec.of(byte[].class);
    assertThat(codec.writeChecked(bytes)).isEqualTo("\"AQID\"");
    assertThat(codec.read("\"AQID\"")).isEqualTo(bytes);
    assertThat(ValueCodec.of(type("numbers")).writeChecked(new int[] {1, 2})).isEqualTo("[1,2]");
  }

  @Test
  void aSummaryIsKept() {
    Summary summary =
        new Summary(
            "load",
            5,
            4,
            1,
            0,
            1,
            100,
            Duration.ofSeconds(2),
            List.of(new StepSummary("map", 5, 4, 1, 0, 0)));
    ValueCodec codec = ValueCodec.of(Summary.class);
    assertThat(codec.read(codec.writeChecked(summary))).isEqualTo(summary);
  }

  @Test
  void nothingIsNull() {
    assertThat(ValueCodec.of(void.class).writeChecked(null)).isEqualTo("null");
    assertThat(ValueCodec.of(void.class).read("null")).isNull();
    assertThat(ValueCodec.of(Trip.class).writeChecked(null)).isEqualTo("null");
  }

  @Test
  void filesAreKeptByTheStore(@TempDir Path directory) throws IOException {
    FileStore store =
        new FileStore() {
          @Override
          public String put(Path file) throws IOException {
            String name = "kept-" + Files.readString(file).hashCode();
            Files.copy(
                file, directory.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return name;
          }

          @Override
          public Path get(String reference) {
            return directory.resolve(reference);
          }
        };
    Path file = Files.writeString(directory.resolve("a.txt"), "hello");
    ValueCodec codec = ValueCodec.of(type("files"), store);
    Map<?, ?> files = (Map<?, ?>) codec.read(codec.writeChecked(Map.of("a", file)));
    assertThat((Path) files.get("a")).isNotEqualTo(file).hasContent("hello");
    ValueCodec erased = ValueCodec.of(Object.class, store);
    assertThat((Path) erased.read(erased.writeChecked(file))).hasContent("hello");
  }

  @Test
  void whatNobodyDeclaredIsKeptWithItsClass() {
    ValueCodec codec = ValueCodec.of(List.class);
    List<Object> values =
        List.of(
            new Trip("a", 1),
            5L,
            5,
            "x",
            Set.of(1.5),
            Map.of("k", Color.GREEN),
            Optional.of(new BigDecimal("1.50")));
    String json = codec.writeChecked(values);
    assertThat(codec.read(json)).isEqualTo(values);
    assertThat(ValueCodec.of(Object.class).writeChecked(5L))
        .isEqualTo("{\"class\":\"java.lang.Long\",\"value\":5}");
    assertThatThrownBy(() -> codec.read("{\"class\":\"java.util.ArrayList\",\"value\":[]}"))
        .isInstanceOf(NotReplayable.class);
  }

  record Loose(int a) {
    Loose {
      a = a + 1;
    }
  }

  @Test
  void whatCannotBeKeptIsRefusedWithItsPlace() throws IOException {
    StringBuilder messages = new StringBuilder();
    for (String name : List.of("files", "threads", "byTrip", "stream", "anything")) {
      messages.append(catchThrowable(() -> ValueCodec.of(type(name))).getMessage()).append('\n');
    }
    record Nested(String name, List<Optional<Pair<Integer, Thread>>> parts) {}
    for (Throwable refused :
        List.of(
            catchThrowable(() -> ValueCodec.of(Nested.class)),
            catchThrowable(() -> ValueCodec.of(Loose.class).writeChecked(new Loose(1))),
            catchThrowable(() -> ValueCodec.of(Object.class).write(new Thread())),
            catchThrowable(() -> ValueCodec.of(Object.class).write(Map.of(1, 2))),
            catchThrowable(() -> ValueCodec.of(Trip.class).read("{\"id\": \"a\"}")),
            catchThrowable(
                () -> ValueCodec.of(type("trips")).read("[{\"id\":\"a\",\"count\":\"x\"}]")))) {
      assertThat(refused).isInstanceOf(NotReplayable.class);
      messages.append(refused.getMessage()).append('\n');
    }
    Golden.assertMatches("value-refused", messages.toString());
  }
}
