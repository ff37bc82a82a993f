package dev.penstock.pipeline.connector;

import org.jspecify.annotations.Nullable;

/// Some records of one [Split], in order. Valid until the next `poll` of its reader; positions stay
/// valid for ever.
public interface Chunk<T> {

  Split split();

  int size();

  /// Record `i` of `0 .. size()-1`. A record that cannot be made (a field that does not parse)
  /// throws here; the engine makes that the failure of this one record and goes on with the next.
  T get(int i) throws Exception;

  /// The position after record `i`. Must stay callable after the reader has gone on.
  Position after(int i);

  /// Where record `i` lies in its split, as people look for it, such as `offset=17`: what dead
  /// letters say. The same each time the record is read; null where nobody could look for it. Must
  /// stay callable after the reader has gone on.
  default @Nullable String place(int i) {
    return after(i).text();
  }

  /// Whether this chunk ends its split.
  boolean last();
}
