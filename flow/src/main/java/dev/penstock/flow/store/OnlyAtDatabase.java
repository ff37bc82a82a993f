package dev.penstock.flow.store;

/// Something was asked of a store that is behind a server, which is for processes with the
/// database.
public final class OnlyAtDatabase extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param what it is: `Retention`
  public OnlyAtDatabase(String what) {
    super(
        what
            + " is for where the database of the store is, not through a server:"
            + " unset PENSTOCK_API_URL there");
  }
}
