package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.RejectedRecord;
import dev.penstock.pipeline.connector.TxWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Writes to a sink that may refuse some records of a whole unit, and saves the others. It keeps
/// the records of the open unit; when the target refuses the unit, they are written again in
/// smaller and smaller parts, until the bad ones stand alone.
final class Salvage {
  /// Records of one unit: what is kept in memory, and written again when one of them is bad.
  static final int UNIT = 10_000;

  private final TxWriter<Object> writer;
  private final BiConsumer<Object, Exception> reject;

  /// In the order of writing; accepted by the writer, perhaps not yet by the target.
  private List<Object> unit = new ArrayList<>();

  Salvage(TxWriter<Object> writer, BiConsumer<Object, Exception> reject) {
    this.writer = writer;
    this.reject = reject;
  }

  boolean isFull() {
    return unit.size() >= UNIT;
  }

  /// @throws Exception when the writer refuses this very record, which is then not part of the unit
  void write(Object record) throws Exception {
    try {
      writer.write(record);
      unit.add(record);
    } catch (RejectedRecord e) {
      unit.add(record);
      narrow();
    }
  }

  /// Makes sure that the target takes the unit, less its bad records.
  void settle() throws Exception {
    try {
      writer.flush();
    } catch (RejectedRecord e) {
      narrow();
    }
  }

  void committed() {
    unit.clear();
  }

  private void narrow() throws Exception {
    List<Object> suspects = unit;
    unit = new ArrayList<>();
    narrow(suspects);
  }

  /// Adds those of the suspects to the unit that the target takes with it. Nothing of the unit is
  /// in the target when called; all of it is after.
  private void narrow(List<Object> suspects) throws Exception {
    try {
      for (Object record : unit) {
        writer.write(record);
      }
      for (Object record : suspects) {
        writer.write(record);
      }
      writer.flush();
      unit.addAll(suspects);
    } catch (RejectedRecord e) {
      if (suspects.size() == 1) {
        reject.accept(suspects.getFirst(), e);
        narrow(List.of());
        return;
      }
      int half = suspects.size() / 2;
      narrow(suspects.subList(0, half));
      writer.rollback();
      narrow(suspects.subList(half, suspects.size()));
    }
  }
}
