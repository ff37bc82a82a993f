package dev.penstock.flow;

/// A text of [Specs] that variables of the environment are in.
record FromVariables(String text) {
  /// The text, which values are read of.
  @Override
  public String toString() {
    return text;
  }
}
