package dev.penstock.pipeline.plan;

import java.util.Optional;
import java.util.ServiceLoader;

/// Writes records of any class as texts that they can be made of again, for dead letters that are
/// to be replayed. Found by [ServiceLoader].
public interface RecordTexts {

  /// The text of a record; nothing for one that could not be made of it again.
  Optional<String> write(Object record);

  /// The record that a text was written of.
  ///
  /// @throws IllegalArgumentException when it is of none
  Object read(String text);

  /// The one of this process; nothing when there is none.
  static Optional<RecordTexts> ofProcess() {
    return ServiceLoader.load(RecordTexts.class, RecordTexts.class.getClassLoader()).findFirst();
  }
}
