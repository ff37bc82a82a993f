package dev.penstock.flow.store;

import dev.penstock.data.DidYouMean;
import java.util.Collection;

/// A name that nothing is stored under.
public final class NotStored extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// @param kind what was looked for: `variable`
  /// @param known the names that there are
  public NotStored(String kind, String name, Collection<String> known) {
    super("there is no " + kind + " \"" + name + "\"" + hint(name, known));
  }

  private static String hint(String name, Collection<String> known) {
    return known.isEmpty() ? "; there are none at all" : DidYouMean.hint(name, known);
  }
}
