package dev.penstock.flow.store;

import dev.penstock.data.DidYouMean;
import java.util.List;

/// Something was asked for by a name that nothing has.
public final class UnknownName extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnknownName(String message) {
    super(message);
  }

  /// @param what it should be: `work pool`
  /// @param known the names there are
  /// @param advice what to do; may be empty
  public UnknownName(String what, String name, List<String> known, String advice) {
    super("there is no " + what + " \"" + name + "\"" + hint(name, known, advice));
  }

  private static String hint(String name, List<String> known, String advice) {
    String hint = DidYouMean.hint(name, known);
    return advice.isEmpty() ? hint : hint + (hint.endsWith("?") ? " " : "; ") + advice;
  }
}
