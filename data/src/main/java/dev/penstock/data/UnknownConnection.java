package dev.penstock.data;

/// A connection's name for which no URL is known.
public final class UnknownConnection extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnknownConnection(String name, String variable) {
    super(
        ("connection \"%s\" is not known: set the environment variable %s to its URL, or save a block"
                + " of that name with its settings")
            .formatted(name, variable));
  }
}
