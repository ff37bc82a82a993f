package dev.penstock.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that was probably meant when an unknown one was given.
public final class DidYouMean {
  private DidYouMean() {}

  private record Candidate(String name, int distance) {}

  /// The known name closest to the unknown one, if any is so close that a slip is likely.
  public static Optional<String> closest(String unknown, Collection<String> known) {
    String folded = fold(unknown);
    int limit = folded.length() < 4 ? 1 : Math.max(2, folded.length() / 3);
    return known.stream()
        .map(name -> new Candidate(name, distance(folded, fold(name))))
        .filter(candidate -> candidate.distance() <= limit)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  /// `; did you mean "fare"?`, or nothing, to end a message with.
  public static String hint(String unknown, Collection<String> known) {
    return closest(unknown, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ .]", "");
  }

  /// How many characters to insert, remove, replace or swap with their neighbour to make `b` of
  /// `a`.
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : step(a, b, i, j, cost);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(String a, String b, int i, int j, int[][] cost) {
    int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
