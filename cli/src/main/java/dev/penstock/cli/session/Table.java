package dev.penstock.cli.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Rows of texts in aligned columns. Colours of a text take no room.
public final class Table {
  private static final String GAP = "  ";

  /// A column is not cut to less.
  private static final int NARROW = 8;

  /// A column that can be wrapped is not made narrower while others can be cut.
  private static final int WRAPPED = 16;

  private static final Pattern COLOR = Pattern.compile("\033\\[[0-9;]*m");

  /// Ids are not shortened to less.
  private static final int SHORT_ID = 8;

  private final int left;
  private final List<Fit> fits;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(int left, List<Fit> fits) {
    this.left = left;
    this.fits = fits;
  }

  /// What becomes of the cells of a column where a table is wider than it may be.
  public enum Fit {
    /// Long ones end in an ellipsis.
    CUT,

    /// Ids: all show their beginning, as much of it as tells them apart.
    SHORTEN,

    /// Long ones go on in lines of their own.
    WRAP
  }

  /// The first column to the left, numbers to the right.
  public static Table ofFigures() {
    return new Table(1, List.of());
  }

  /// All columns to the left.
  public static Table ofTexts() {
    return ofTexts(List.of());
  }

  /// The same.
  ///
  /// @param fits what becomes of each column where there is no room; of those behind, [Fit#CUT]
  static Table ofTexts(List<Fit> fits) {
    return new Table(Integer.MAX_VALUE, fits);
  }

  public void row(List<String> cells) {
    rows.add(cells);
  }

  @Override
  public String toString() {
    return within(Integer.MAX_VALUE);
  }

  /// The table in lines of so many characters: ids are shortened first, then the widest columns cut
  /// or wrapped. Where even narrow columns are too many, lines are longer.
  public String within(int most) {
    List<List<String>> shown = total(widths(rows)) > most ? shortened() : rows;
    List<Integer> widths = fitted(widths(shown), most);
    return shown.stream()
        .flatMap(row -> lines(row, widths))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static List<Integer> widths(List<List<String>> rows) {
    return IntStream.range(0, rows.getFirst().size())
        .mapToObj(column -> rows.stream().mapToInt(row -> width(row.get(column))).max())
        .map(width -> width.orElse(0))
        .toList();
  }

  private static long total(List<Integer> widths) {
    return widths.stream().mapToLong(Integer::longValue).sum()
        + (long) GAP.length() * (widths.size() - 1);
  }

  private Fit fit(int column) {
    return column < fits.size() ? fits.get(column) : Fit.CUT;
  }

  private List<List<String>> shortened() {
    List<Integer> lengths =
        IntStream.range(0, rows.getFirst().size())
            .mapToObj(column ->
                fit(column) == Fit.SHORTEN
                    ? shortest(rows.stream().map(row -> row.get(column)).distinct().toList())
                    : Integer.MAX_VALUE)
            .toList();
    return rows.stream()
        .map(row ->
            IntStream.range(0, row.size())
                .mapToObj(column -> beginning(row.get(column), lengths.get(column)))
                .toList())
        .toList();
  }

  private static String beginning(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }

  /// The least length that tells ids apart, and does not end with a hyphen.
  private static int shortest(List<String> ids) {
    int length = SHORT_ID;
    int longest = ids.stream().mapToInt(String::length).max().orElse(0);
    while (length < longest && !tells(ids, length)) {
      length++;
    }
    return length;
  }

  private static boolean tells(List<String> ids, int length) {
    Set<String> beginnings = new HashSet<>();
    return ids.stream()
        .map(id -> beginning(id, length))
        .allMatch(beginning -> beginnings.add(beginning) && !beginning.endsWith("-"));
  }

  /// The lines of a row.
  private Stream<String> lines(List<String> row, List<Integer> widths) {
    List<List<String>> cells =
        IntStream.range(0, row.size())
            .mapToObj(column -> cell(row.get(column), widths.get(column), fit(column)))
            .toList();
    int height = cells.stream().mapToInt(List::size).max().orElse(0);
    return IntStream.range(0, height)
        .mapToObj(line ->
            IntStream.range(0, row.size())
                .mapToObj(column ->
                    padded(
                        line < cells.get(column).size() ? cells.get(column).get(line) : "",
                        widths.get(column),
                        column < left))
                .collect(Collectors.joining(GAP))
                .stripTrailing());
  }

  /// What can be wrapped makes room first.
  private List<Integer> fitted(List<Integer> widths, int most) {
    List<Integer> wrapped = lowered(widths, most, WRAPPED, column -> fit(column) == Fit.WRAP);
    return lowered(wrapped, most, NARROW, _ -> true);
  }

  /// The widths with the widest of some columns lowered, to no less than `least`, until all fit.
  private static List<Integer> lowered(
      List<Integer> widths, int most, int least, IntPredicate some) {
    List<Integer> fitted = widths;
    int cap = widths.stream().max(Integer::compare).orElse(0);
    while (cap > least && total(fitted) > most) {
      int lower = --cap;
      fitted =
          IntStream.range(0, widths.size())
              .mapToObj(column ->
                  some.test(column) ? Math.min(widths.get(column), lower) : widths.get(column))
              .toList();
    }
    return fitted;
  }

  private static List<String> cell(String text, int width, Fit fit) {
    if (width(text) <= width) {
      return List.of(text);
    }
    return fit == Fit.WRAP ? wrapped(text, width) : List.of(cut(text, width));
  }

  /// The text in lines, between words where that can be.
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = COLOR.matcher(text).replaceAll("");
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  private static String padded(String text, int width, boolean left) {
    String blanks = " ".repeat(Math.max(0, width - width(text)));
    return left ? text + blanks : blanks + text;
  }

  private static String cut(String text, int width) {
    return COLOR.matcher(text).replaceAll("").substring(0, width - 1) + "…";
  }

  private static int width(String text) {
    return COLOR.matcher(text).replaceAll("").length();
  }
}
