package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.PlanRefused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;

/// A stage whose output depends on records before; its state rides in each mark and is stored with
/// the position.
abstract class StatefulLink extends Link {
  /// A state that grows with the data is refused past this size in bytes.
  static final int LARGEST_STATE = 1 << 20;

  /// Under which its state is stored; told by the compiler, from the place of the step in the plan.
  String stateName = "";

  StatefulLink(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
  }

  /// What to store, serializable.
  abstract @Nullable Object state();

  /// Takes what was stored; called before the first record.
  abstract void restore(@Nullable Object state);

  @Override
  void mark(Mark mark) {
    mark.states.put(stateName, encode());
    down.mark(mark);
  }

  private byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(state());
    } catch (IOException e) {
      throw new PlanRefused(
          "the state of "
              + meter.name
              + " cannot be stored with the position: "
              + e
              + "; make its records and results Serializable, or run it without resumable");
    }
    if (bytes.size() > LARGEST_STATE) {
      throw new PlanRefused(
          "the state of "
              + meter.name
              + " takes "
              + bytes.size()
              + " bytes, more than the "
              + LARGEST_STATE
              + " that are stored with a position; remember fewer records, or run it without resumable");
    }
    return bytes.toByteArray();
  }

  void decode(byte[] stored) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(stored)) {
          @Override
          protected Class<?> resolveClass(java.io.ObjectStreamClass type)
              throws IOException, ClassNotFoundException {
            try {
              return Class.forName(type.getName(), false, loader);
            } catch (ClassNotFoundException elsewhere) {
              return super.resolveClass(type);
            }
          }
        }) {
      restore(in.readObject());
    } catch (IOException | ClassNotFoundException | ClassCastException e) {
      throw new PlanRefused(
          "the stored state of "
              + meter.name
              + " ("
              + stateName
              + ") cannot be read: "
              + e
              + "; was the pipeline changed since? Reset its positions to begin anew");
    }
  }
}
