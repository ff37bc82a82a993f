package dev.penstock.pipeline.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which records of the source are behind what waits between two segments, slot by slot. Read and
/// written by those who own the slot at that moment.
final class Trace {
  private @Nullable Piece[] pieces;
  private long[] numbers;

  private Trace(int slots) {
    pieces = new @Nullable Piece[slots];
    numbers = new long[slots];
  }

  /// Null in a run that has no use for it.
  static @Nullable Trace of(Run run, int slots) {
    return run.traces ? new Trace(slots) : null;
  }

  void grow(int slots) {
    pieces = Arrays.copyOf(pieces, slots);
    numbers = Arrays.copyOf(numbers, slots);
  }

  void put(int slot, @Nullable Piece piece, long number) {
    pieces[slot] = piece;
    numbers[slot] = number;
  }

  /// Takes a piece out, so that its chunk is not kept for longer than it is of use.
  @Nullable Piece take(int slot) {
    Piece piece = pieces[slot];
    pieces[slot] = null;
    return piece;
  }

  long number(int slot) {
    return numbers[slot];
  }
}
