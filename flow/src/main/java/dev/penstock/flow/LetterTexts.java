package dev.penstock.flow;

import dev.penstock.flow.code.ValueCodec;
import dev.penstock.pipeline.plan.RecordTexts;
import java.util.Optional;

/// Writes records of dead letters as the store of runs keeps values.
public final class LetterTexts implements RecordTexts {
  private static final int LARGEST = 1 << 20;
  private static final ValueCodec CODEC = ValueCodec.of(Object.class);

  @Override
  public Optional<String> write(Object record) {
    try {
      return Optional.ofNullable(CODEC.writeChecked(record))
          .filter(text -> text.length() <= LARGEST);
    } catch (RuntimeException e) { // of no class that can be kept
      return Optional.empty();
    }
  }

  @Override
  public Object read(String text) {
    Object record = CODEC.read(text);
    if (record == null) {
      throw new IllegalArgumentException("that is no record: " + text);
    }
    return record;
  }
}
