package dev.penstock.files.parquet;

import dev.penstock.files.parquet.Condition.Comparison;
import dev.penstock.files.parquet.Condition.Operator;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.UUID;

/// A column of a file, to make a [Condition] of: `column("passenger_count").notEqualTo(0)`.
/// Constants are numbers, strings, booleans, dates, times and UUIDs; numbers compare by value,
/// whatever their types.
///
/// @param name as in the file; a column of a record within a record is not supported
public record FilterColumn(String name) {

  /// Rows whose value is this one.
  public Condition equalTo(Serializable value) {
    return compare(Operator.EQUAL, value, false);
  }

  /// Rows whose value is another one, or null.
  public Condition notEqualTo(Serializable value) {
    return compare(Operator.NOT_EQUAL, value, true);
  }

  /// Rows whose value is below this one.
  public Condition lessThan(Serializable value) {
    return compare(Operator.LESS, value, false);
  }

  /// Rows whose value is this one or below it.
  public Condition atMost(Serializable value) {
    return compare(Operator.AT_MOST, value, false);
  }

  /// Rows whose value is above this one.
  public Condition moreThan(Serializable value) {
    return compare(Operator.MORE, value, false);
  }

  /// Rows whose value is this one or above it.
  public Condition atLeast(Serializable value) {
    return compare(Operator.AT_LEAST, value, false);
  }

  /// Rows whose value is one of these; of none, no rows.
  public Condition in(Serializable... values) {
    return new Condition.Or(Arrays.stream(values).map(this::equalTo).toList());
  }

  /// Rows that have no value.
  public Condition isNull() {
    return new Condition.Presence(name, false);
  }

  /// Rows that have a value.
  public Condition isNotNull() {
    return new Condition.Presence(name, true);
  }

  private Condition compare(Operator operator, Serializable value, boolean orAbsent) {
    return switch (value) {
      case Byte _,
          Short _,
          Integer _,
          Long _,
          BigInteger _,
          BigDecimal _,
          String _,
          Boolean _,
          LocalDate _,
          LocalTime _,
          LocalDateTime _,
          Instant _,
          UUID _ ->
          new Comparison(name, operator, value, orAbsent);
      case Float f when Float.isFinite(f) -> new Comparison(name, operator, value, orAbsent);
      case Double d when Double.isFinite(d) -> new Comparison(name, operator, value, orAbsent);
      default ->
          throw new IllegalArgumentException(
              "a filter compares with a finite number, string, boolean, date, time or UUID, was %s %s"
                  .formatted(value.getClass().getSimpleName(), value));
    };
  }
}
