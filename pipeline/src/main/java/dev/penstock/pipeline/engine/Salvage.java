package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.RejectedRecord;
import dev.penstock.pipeline.connector.TxWriter;
import dev.penstock.pipeline.plan.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes to a sink that may refuse some records of a whole unit, and saves the others. It keeps
/// the records of the open unit; when the target refuses the unit, they are written again in
/// smaller and smaller parts, until the bad ones stand alone.
final class Salvage {
  /// Records of one unit: what is kept in memory, and written again when one of them is bad.
  static final int UNIT = 10_000;

  private final TxWriter<Object> writer;
  private final Reject reject;

  /// Where the records come from.
  private final Traced from;

  /// In the order of writing; accepted by the writer, perhaps not yet by the target.
  private List<Carried> unit = new ArrayList<>();

  /// Takes a record that the target has refused.
  interface Reject {
    void accept(Object record, Exception e, @Nullable SourcePosition position);
  }

  Salvage(TxWriter<Object> writer, Traced from, Reject reject) {
    this.writer = writer;
    this.from = from;
    this.reject = reject;
  }

  boolean isFull() {
    return unit.size() >= UNIT;
  }

  /// @throws Exception when the writer refuses this very record, which is then not part of the unit
  void write(Object record) throws Exception {
    Carried carried = Carried.of(record, from);
    try {
      writer.write(record);
      unit.add(carried);
    } catch (RejectedRecord e) {
      unit.add(carried);
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
    List<Carried> suspects = unit;
    unit = new ArrayList<>();
    narrow(suspects);
  }

  /// Adds those of the suspects to the unit that the target takes with it. Nothing of the unit is
  /// in the target when called; all of it is after.
  private void narrow(List<Carried> suspects) throws Exception {
    try {
      for (Carried each : unit) {
        writer.write(Objects.requireNonNull(each.record()));
      }
      for (Carried each : suspects) {
        writer.write(Objects.requireNonNull(each.record()));
      }
      writer.flush();
      unit.addAll(suspects);
    } catch (RejectedRecord e) {
      if (suspects.size() == 1) {
        Carried bad = suspects.getFirst();
        reject.accept(Objects.requireNonNull(bad.record()), e, bad.position());
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
