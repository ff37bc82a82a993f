package dev.penstock.cli.session;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How things of one kind are listed.
///
/// @param none what is said when there are none
/// @param columns as people see them
/// @param json as scripts see each of them
public record Listing<T>(
    String none, List<Column<T>> columns, Function<T, Map<String, @Nullable Object>> json) {
  public Listing {
    columns = List.copyOf(columns);
  }

  /// One column.
  ///
  /// @param title its head
  /// @param cell what it says of a thing
  public record Column<T>(String title, Function<T, String> cell) {}

  /// Prints the things: for people a table, for scripts a JSON array with a line for each.
  public void print(Session session, OutputOption output, List<T> things) {
    if (output.json()) {
      output.rows(session.out(), things.stream().map(json).toList());
    } else if (things.isEmpty()) {
      session.note(none);
    } else {
      session.say(table(things));
    }
  }

  /// The table for people.
  public String table(List<T> things) {
    Table table = Table.ofTexts();
    table.row(columns.stream().map(Column::title).toList());
    for (T thing : things) {
      table.row(columns.stream().map(column -> column.cell().apply(thing)).toList());
    }
    return table.toString();
  }
}
