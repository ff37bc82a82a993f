package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Failure;
import org.jspecify.annotations.Nullable;

/// What a step sends to the next one.
public sealed interface Emission {

  /// A record.
  record Value(@Nullable Object record) implements Emission {}

  /// A failure in a record's place.
  record Failed(Failure failure) implements Emission {}

  /// Nothing more; not counted among the emissions of a finished interpretation.
  record End() implements Emission {}

  End END = new End();
}
