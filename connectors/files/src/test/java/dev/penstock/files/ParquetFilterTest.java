package dev.penstock.files;

import static dev.penstock.files.Parquet.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.DataSize;
import dev.penstock.files.parquet.Condition;
import dev.penstock.files.parquet.FilterColumn;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.testkit.Seed;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFilterTest {
  private static final int ROWS = 60_000;

  @TempDir Path directory;

  private final List<Measured> records = new ArrayList<>();
  private Path file;

  /// Sorted by day, so that statistics of row groups tell something.
  record Measured(
      int id, LocalDate day, Integer count, Double amount, String name, BigDecimal price) {}

  @BeforeEach
  void writeFile() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < ROWS; i++) {
      records.add(
          new Measured(
              i,
              LocalDate.of(2025, 1, 1).plusDays(i / 100),
              random.nextInt(10) == 0 ? null : i / 1_000,
              switch (random.nextInt(30)) {
                case 0 -> null;
                case 1 -> Double.NaN;
                case 2 -> -0.0;
                case 3 -> Double.POSITIVE_INFINITY;
                default -> random.nextInt(100) / 2.0;
              },
              random.nextInt(10) == 0 ? null : "n" + random.nextInt(30),
              BigDecimal.valueOf(random.nextInt(1_000), 18)));
    }
    file = directory.resolve("readings.parquet");
    Writing.write(
        Parquet.format().rowGroup(DataSize.kibibytes(64)).write(file, Measured.class), records);
  }

  private void check(Condition condition, Predicate<Measured> test) throws Exception {
    assertThat(read(condition))
        .as(condition.describe())
        .isEqualTo(records.stream().filter(test).toList());
    assertThat(read(condition.not()))
        .as("not " + condition.describe())
        .isEqualTo(records.stream().filter(test.negate()).toList());
  }

  private List<Measured> read(Condition condition) throws Exception {
    return Reading.records(Parquet.read(file, Measured.class).where(condition));
  }

  @Test
  void everyComparisonAgreesWithJava() throws Exception {
    check(column("id").lessThan(70), r -> r.id() < 70);
    check(
        column("day").equalTo(LocalDate.of(2025, 2, 1)),
        r -> r.day().equals(LocalDate.of(2025, 2, 1)));
    check(column("count").notEqualTo(3), r -> !Objects.equals(r.count(), 3));
    check(column("count").equalTo(3.0), r -> Objects.equals(r.count(), 3));
    check(column("count").atLeast(58L), r -> r.count() != null && r.count() >= 58);
    check(column("amount").moreThan(48), r -> r.amount() != null && r.amount() > 48);
    check(column("amount").equalTo(0), r -> r.amount() != null && r.amount() == 0);
    check(
        column("amount").atMost(new BigDecimal("0.1")),
        r -> r.amount() != null && r.amount() <= 0.1);
    check(column("name").in("n1", "n2"), r -> "n1".equals(r.name()) || "n2".equals(r.name()));
    check(column("name").isNull(), r -> r.name() == null);
    check(
        column("price").lessThan(new BigDecimal("1e-17")),
        r -> r.price().compareTo(new BigDecimal("1e-17")) < 0);
    check(
        column("name").isNotNull().and(column("id").lessThan(500).or(column("count").equalTo(7))),
        r -> r.name() != null && (r.id() < 500 || Objects.equals(r.count(), 7)));
  }

  @Test
  void generatedConditionsAgreeWithJava() throws Exception {
    SplittableRandom random = new SplittableRandom(Seed.of("generated filters"));
    for (int i = 0; i < 40; i++) {
      int constant = random.nextInt(65);
      int operator = random.nextInt(6);
      boolean amount = random.nextBoolean();
      FilterColumn column = column(amount ? "amount" : "count");
      check(
          condition(column, operator, constant),
          r -> {
            Number value = amount ? (Number) r.amount() : (Number) r.count();
            return value == null || Double.isNaN(value.doubleValue())
                ? operator == 1
                : holds(operator, value.doubleValue(), constant);
          });
    }
  }

  private static Condition condition(FilterColumn column, int operator, Serializable value) {
    return switch (operator) {
      case 0 -> column.equalTo(value);
      case 1 -> column.notEqualTo(value);
      case 2 -> column.lessThan(value);
      case 3 -> column.atMost(value);
      case 4 -> column.moreThan(value);
      default -> column.atLeast(value);
    };
  }

  private static boolean holds(int operator, double value, double constant) {
    return switch (operator) {
      case 0 -> value == constant;
      case 1 -> value != constant;
      case 2 -> value < constant;
      case 3 -> value <= constant;
      case 4 -> value > constant;
      default -> value >= constant;
    };
  }

  @Test
  void rowGroupsThatCannotMatchAreNotRead() throws Exception {
    assertThat(bytesOf(column("id").lessThan(100)))
        .isLessThan(bytesOf(column("id").atLeast(0)) / 5);
    assertThat(bytesOf(column("day").moreThan(LocalDate.of(2030, 1, 1)))).isZero();
  }

  private long bytesOf(Condition condition) throws Exception {
    DataFile data = DataFile.of(file);
    Split split = data.split();
    try (RecordFileReader<Measured> reader =
        new ParquetReading<>(Measured.class, condition).open(data, split, Optional.empty())) {
      while (reader.next() != null) {
        // reads on
      }
      return reader.bytes();
    }
  }

  @Test
  void aFilterThatDoesNotFitTheFileIsRefused() {
    assertThatThrownBy(() -> read(column("nmae").equalTo("n1").or(column("id").equalTo("7"))))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("column \"nmae\"")
        .hasMessageContaining("did you mean \"name\"?");
    assertThatThrownBy(() -> read(column("id").equalTo("7")))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("column \"id\" is int, it is compared with the String 7");
    assertThatThrownBy(() -> column("id").equalTo(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
