package dev.penstock.cli.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of texts in aligned columns. Colours of a text take no room.
public final class Table {
  private static final String GAP = "  ";
  private static final Pattern COLOR = Pattern.compile("\033\\[[0-9;]*m");

  private final int left;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(int left) {
    this.left = left;
  }

  /// The first column to the left, numbers to the right.
  public static Table ofFigures() {
    return new Table(1);
  }

  /// All columns to the left.
  public static Table ofTexts() {
    return new Table(Integer.MAX_VALUE);
  }

  public void row(List<String> cells) {
    rows.add(cells);
  }

  @Override
  public String toString() {
    List<Integer> widths =
        IntStream.range(0, rows.getFirst().size())
            .mapToObj(column -> rows.stream().mapToInt(row -> width(row.get(column))).max())
            .map(width -> width.orElse(0))
            .toList();
    return rows.stream()
        .map(row ->
            IntStream.range(0, row.size())
                .mapToObj(column -> cell(row.get(column), widths.get(column), column < left))
                .collect(Collectors.joining(GAP))
                .stripTrailing())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String cell(String text, int width, boolean left) {
    String blanks = " ".repeat(width - width(text));
    return left ? text + blanks : blanks + text;
  }

  private static int width(String text) {
    return COLOR.matcher(text).replaceAll("").length();
  }
}
