package dev.penstock.cli.session;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How things of one kind are listed.
///
/// @param none what is said when there are none
/// @param columns as people see them
/// @param json as scripts see each of them
public record Listing<T>(
    String none,
    List<Column<T>> columns,
    Function<T, SequencedMap<String, @Nullable Object>> json) {
  public Listing {
    columns = List.copyOf(columns);
  }

  /// One column.
  ///
  /// @param title its head
  /// @param cell what it says of a thing
  /// @param fit what becomes of it where a terminal is too narrow
  public record Column<T>(String title, Function<T, String> cell, Table.Fit fit) {
    public Column(String title, Function<T, String> cell) {
      this(title, cell, Table.Fit.CUT);
    }
  }

  /// The same, with what becomes of columns where a terminal is too narrow.
  ///
  /// @param titles of the columns
  public Listing<T> with(Table.Fit fit, String... titles) {
    List<String> its = List.of(titles);
    return new Listing<>(
        none,
        columns.stream()
            .map(column ->
                its.contains(column.title())
                    ? new Column<>(column.title(), column.cell(), fit)
                    : column)
            .toList(),
        json);
  }

  /// Things whose columns are members of what scripts see.
  ///
  /// @param columns the members: `concurrencyLimit` has the title `CONCURRENCY LIMIT`
  public static <T> Listing<T> of(
      Session session,
      String none,
      Function<T, SequencedMap<String, @Nullable Object>> json,
      String... columns) {
    Instant now = session.clock().instant();
    return new Listing<>(
        none,
        Arrays.stream(columns)
            .map(
                name -> new Column<T>(title(name), thing -> text(json.apply(thing).get(name), now)))
            .toList(),
        json);
  }

  private static String title(String name) {
    return name.replaceAll("(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
  }

  private static String text(@Nullable Object value, Instant now) {
    return switch (value) {
      case null -> "";
      case Instant at -> Ages.of(at, now);
      case List<?> list -> list.stream().map(String::valueOf).collect(joining(", "));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(each -> each.getKey() + "=" + text(each.getValue(), now))
              .collect(joining(", "));
      default -> value.toString();
    };
  }

  /// Prints the things: for people a table, for scripts a JSON array with a line for each.
  public void print(Session session, OutputOption output, List<T> things) {
    if (output.json()) {
      output.array(session.out(), things.stream().map(json).toList());
    } else if (things.isEmpty()) {
      session.note(none);
    } else {
      session.say(rows(things).within(session.width()));
    }
  }

  /// The table for people.
  public String table(List<T> things) {
    return rows(things).toString();
  }

  private Table rows(List<T> things) {
    Table table = Table.ofTexts(columns.stream().map(Column::fit).toList());
    table.row(columns.stream().map(Column::title).toList());
    for (T thing : things) {
      table.row(columns.stream().map(column -> column.cell().apply(thing)).toList());
    }
    return table;
  }
}
