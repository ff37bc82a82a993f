package dev.penstock.cli.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of texts in aligned columns. Colours of a text take no room.
public final class Table {
  private static final String GAP = "  ";

  /// A column is not cut to less.
  private static final int NARROW = 8;

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
    return within(Integer.MAX_VALUE);
  }

  /// The table in lines of so many characters: the widest columns are cut, with an ellipsis. Where
  /// even narrow columns are too many, lines are longer.
  public String within(int most) {
    List<Integer> widths = fitted(widths(), most);
    return rows.stream()
        .map(row ->
            IntStream.range(0, row.size())
                .mapToObj(column -> cell(row.get(column), widths.get(column), column < left))
                .collect(Collectors.joining(GAP))
                .stripTrailing())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private List<Integer> widths() {
    return IntStream.range(0, rows.getFirst().size())
        .mapToObj(column -> rows.stream().mapToInt(row -> width(row.get(column))).max())
        .map(width -> width.orElse(0))
        .toList();
  }

  private static List<Integer> fitted(List<Integer> widths, int most) {
    long gaps = (long) GAP.length() * (widths.size() - 1);
    List<Integer> fitted = widths;
    int cap = widths.stream().max(Integer::compare).orElse(0);
    while (cap > NARROW && fitted.stream().mapToLong(Integer::longValue).sum() + gaps > most) {
      int lower = --cap;
      fitted = widths.stream().map(width -> Math.min(width, lower)).toList();
    }
    return fitted;
  }

  private static String cell(String text, int width, boolean left) {
    String shown = width(text) <= width ? text : cut(text, width);
    String blanks = " ".repeat(width - width(shown));
    return left ? shown + blanks : blanks + shown;
  }

  private static String cut(String text, int width) {
    return COLOR.matcher(text).replaceAll("").substring(0, width - 1) + "…";
  }

  private static int width(String text) {
    return COLOR.matcher(text).replaceAll("").length();
  }
}
