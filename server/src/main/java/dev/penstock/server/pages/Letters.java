package dev.penstock.server.pages;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The dead letters of a run, as their tab shows them.
///
/// @param count how many there are in all
/// @param errors how many of each error, in words
/// @param page those that are shown
/// @param next the address of those after them; null for none
/// @param groups those that can be replayed together
public record Letters(
    long count, String errors, List<LetterView> page, @Nullable String next, List<Group> groups) {

  /// Letters of one step of one task, none of which was replayed.
  ///
  /// @param key of the task run and the step, as the form sends it
  public record Group(String key, String step, int count) {}

  static String words(Map<String, Long> errors) {
    return String.join(
        ", ",
        errors.entrySet().stream()
            .map(each ->
                each.getValue()
                    + " "
                    + each.getKey()
                        .substring(
                            Math.max(each.getKey().lastIndexOf('.'), each.getKey().lastIndexOf('$'))
                                + 1))
            .toList());
  }
}
