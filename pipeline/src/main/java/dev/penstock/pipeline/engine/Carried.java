package dev.penstock.pipeline.engine;

import org.jspecify.annotations.Nullable;

/// A record, or a signal in its place, with what it was made of.
record Carried(@Nullable Object record, @Nullable Piece piece, long number) implements Traced {

  static Carried of(@Nullable Object record, Traced from) {
    return new Carried(record, from.piece(), from.number());
  }
}
