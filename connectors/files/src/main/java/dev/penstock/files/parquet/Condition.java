package dev.penstock.files.parquet;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which rows of a file to read. Row groups whose statistics exclude every match are not read at
/// all; of the others each row is tested.
///
/// There are two truth values, not three: a comparison with a null is false, except that
/// [FilterColumn#notEqualTo] holds for null, as in Java. So `not()` gives exactly the other rows.
/// NaN is compared like null.
public sealed interface Condition extends Serializable {

  /// Rows that meet this condition and another.
  default Condition and(Condition other) {
    return new And(List.of(this, other));
  }

  /// Rows that meet this condition or another.
  default Condition or(Condition other) {
    return new Or(List.of(this, other));
  }

  /// All other rows.
  Condition not();

  /// How the condition shows in `explain()`: `passenger_count <> 0 or null`.
  String describe();

  /// The columns that are looked at.
  default Set<String> columns() {
    Set<String> names = new TreeSet<>();
    collect(names);
    return names;
  }

  private static String joined(List<Condition> conditions, String word) {
    return conditions.isEmpty()
        ? "no row"
        : conditions.stream().map(Condition::describe).collect(Collectors.joining(word, "(", ")"));
  }

  /// Adds the columns that are looked at.
  void collect(Set<String> names);

  /// Both.
  record And(List<Condition> all) implements Condition {
    public And {
      all = List.copyOf(all);
    }

    @Override
    public String describe() {
      return joined(all, " and ");
    }

    @Override
    public Condition not() {
      return new Or(all.stream().map(Condition::not).toList());
    }

    @Override
    public void collect(Set<String> names) {
      all.forEach(condition -> condition.collect(names));
    }
  }

  /// Any.
  record Or(List<Condition> any) implements Condition {
    public Or {
      any = List.copyOf(any);
    }

    @Override
    public String describe() {
      return joined(any, " or ");
    }

    @Override
    public Condition not() {
      return new And(any.stream().map(Condition::not).toList());
    }

    @Override
    public void collect(Set<String> names) {
      any.forEach(condition -> condition.collect(names));
    }
  }

  /// A value compared with a constant.
  ///
  /// @param orAbsent whether it also holds for null and NaN
  record Comparison(String column, Operator operator, Serializable value, boolean orAbsent)
      implements Condition {

    @Override
    public String describe() {
      String shown =
          value instanceof Number || value instanceof Boolean ? "" + value : "'" + value + "'";
      return column + " " + operator.symbol + " " + shown + (orAbsent ? " or null" : "");
    }

    @Override
    public Condition not() {
      return new Comparison(column, operator.complement(), value, !orAbsent);
    }

    @Override
    public void collect(Set<String> names) {
      names.add(column);
    }
  }

  /// Whether there is a value.
  record Presence(String column, boolean present) implements Condition {
    @Override
    public String describe() {
      return column + (present ? " is not null" : " is null");
    }

    @Override
    public Condition not() {
      return new Presence(column, !present);
    }

    @Override
    public void collect(Set<String> names) {
      names.add(column);
    }
  }

  /// How a value compares with a constant.
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /// The one that holds exactly where this one does not.
    Operator complement() {
      return switch (this) {
        case EQUAL -> NOT_EQUAL;
        case NOT_EQUAL -> EQUAL;
        case LESS -> AT_LEAST;
        case AT_MOST -> MORE;
        case MORE -> AT_MOST;
        case AT_LEAST -> LESS;
      };
    }

    /// Whether it holds for a value that compares like this with the constant: below 0, 0 or above.
    boolean holds(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case NOT_EQUAL -> comparison != 0;
        case LESS -> comparison < 0;
        case AT_MOST -> comparison <= 0;
        case MORE -> comparison > 0;
        case AT_LEAST -> comparison >= 0;
      };
    }

    /// Whether it may hold for any value from one that compares like `low` to one that compares
    /// like `high`.
    boolean mayHold(int low, int high) {
      return switch (this) {
        case EQUAL -> low <= 0 && high >= 0;
        case NOT_EQUAL -> low != 0 || high != 0;
        case LESS -> low < 0;
        case AT_MOST -> low <= 0;
        case MORE -> high > 0;
        case AT_LEAST -> high >= 0;
      };
    }
  }
}
