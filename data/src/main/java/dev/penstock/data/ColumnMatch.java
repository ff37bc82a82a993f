package dev.penstock.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Which column of a file or table holds which column of a record: the one of exactly its name (the
/// component's, or that of [Name]); else the one of its name in snake_case; else the only one whose
/// name differs in case and underscores alone.
public final class ColumnMatch {
  private final Schema wanted;
  private final List<String> present;
  private final int[] index;
  private final List<String> ambiguous = new ArrayList<>();

  private ColumnMatch(Schema wanted, List<String> present) {
    this.wanted = wanted;
    this.present = present;
    this.index = new int[wanted.size()];
  }

  /// Looks for each wanted column among the names that are there.
  public static ColumnMatch of(Schema wanted, List<String> present) {
    ColumnMatch match = new ColumnMatch(wanted, List.copyOf(present));
    Map<String, List<Integer>> folded = new HashMap<>();
    for (int i = 0; i < present.size(); i++) {
      folded.computeIfAbsent(SnakeCase.folded(present.get(i)), _ -> new ArrayList<>()).add(i);
    }
    for (int i = 0; i < match.index.length; i++) {
      match.index[i] = match.find(wanted.column(i), folded);
    }
    return match;
  }

  private int find(Column column, Map<String, List<Integer>> folded) {
    boolean renamed = !column.name().equals(SnakeCase.of(column.component()));
    if (!renamed) {
      int exact = present.indexOf(column.component());
      if (exact >= 0) {
        return exact;
      }
    }
    int named = present.indexOf(column.name());
    if (named >= 0) {
      return named;
    }
    List<Integer> alike = folded.getOrDefault(SnakeCase.folded(column.name()), List.of());
    if (alike.size() > 1) {
      String names = alike.stream().map(present::get).collect(Collectors.joining("\", \""));
      ambiguous.add(
          "column \"%s\" (component %s) could be any of \"%s\": name one with @Name"
              .formatted(column.name(), column.component(), names));
    }
    return alike.size() == 1 ? alike.getFirst() : -1;
  }

  /// Where a wanted column is among those present, or -1.
  public int index(int column) {
    return index[column];
  }

  /// For each wanted column, where it is among those present, or -1.
  public int[] indexes() {
    return index.clone();
  }

  /// Every wanted column that is missing or ambiguous, one message each; empty when all were found.
  public List<String> problems() {
    List<String> problems = new ArrayList<>(ambiguous);
    for (int i = 0; i < index.length; i++) {
      Column column = wanted.column(i);
      boolean isAmbiguous =
          ambiguous.stream()
              .anyMatch(message -> message.startsWith("column \"" + column.name() + "\""));
      if (index[i] < 0 && !isAmbiguous) {
        problems.add(
            "column \"%s\" (component %s) is missing%s"
                .formatted(
                    column.name(), column.component(), DidYouMean.hint(column.name(), present)));
      }
    }
    return problems;
  }

  @Override
  public String toString() {
    return "ColumnMatch" + Arrays.toString(index);
  }
}
