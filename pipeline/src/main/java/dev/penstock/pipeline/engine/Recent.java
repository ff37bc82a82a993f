package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.SourcePosition;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The records that were written last, so that one that is refused late is found again.
final class Recent {
  private static final int MOST = 16_384;

  private final ArrayDeque<Carried> written = new ArrayDeque<>();

  void add(Object record, Traced from) {
    if (written.size() == MOST) {
      written.removeFirst();
    }
    written.add(Carried.of(record, from));
  }

  void clear() {
    written.clear();
  }

  /// What a record was made of; null when it was written too long ago, or that is not known.
  @Nullable SourcePosition position(Object record) {
    for (Iterator<Carried> each = written.iterator(); each.hasNext(); ) {
      Carried carried = each.next();
      if (carried.record() == record) {
        each.remove(); // the same record may have been written twice, and be refused twice
        return carried.position();
      }
    }
    return null;
  }
}
