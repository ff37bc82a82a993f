package dev.penstock.pipeline.connector;

/// What a [Source] can do.
public enum Trait {
  /// Reading can start at any position that it gave before; needed by `resumable`.
  SEEKABLE,
  /// It has, or may have, more than one [Split].
  SPLITTABLE,
  /// It reads several splits at once, so that their chunks come mixed; those of one stay in order.
  INTERLEAVED,
  /// A broker hands its splits out, and may take them back at any time.
  GROUP,
  /// It comes to an end by itself.
  BOUNDED
}
