package dev.penstock.kafka;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// Which part of topics is read, and by whom.
///
/// @param group whose members share the partitions; null for one reader of all
record Reading(@Nullable String group, Start start, End end) implements Serializable {
  static final Reading ALL = new Reading(null, new Start.Earliest(), new End.None());

  Reading {
    if (group != null && group.isBlank()) {
      throw new IllegalArgumentException("a group needs a name");
    }
    if (group != null && !(end instanceof End.None)) {
      throw new IllegalArgumentException(
          "group \"%s\" reads without end, as its partitions come and go: leave either group(…) or until…(…) away"
              .formatted(group));
    }
  }
}
