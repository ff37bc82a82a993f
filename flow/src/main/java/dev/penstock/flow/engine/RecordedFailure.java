package dev.penstock.flow.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A failure as the store keeps it: its stack for people, and itself, so that a body which caught
/// it and went on catches the same when it is replayed.
final class RecordedFailure {
  private static final String PREFIX = "\"exception:";

  private RecordedFailure() {}

  static String stack(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /// The exception as a JSON text; null for one that cannot be serialized.
  static @Nullable String write(Throwable failure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    } catch (IOException | RuntimeException e) {
      return null;
    }
    return PREFIX + Base64.getEncoder().encodeToString(bytes.toByteArray()) + "\"";
  }

  /// The exception that was written; one that says the same where it cannot be read.
  static Throwable read(String task, @Nullable String kept, @Nullable String stack) {
    if (kept != null && kept.startsWith(PREFIX)) {
      byte[] bytes = Base64.getDecoder().decode(kept.substring(PREFIX.length(), kept.length() - 1));
      try (ObjectInputStream in = new OfProgram(bytes)) {
        return (Throwable) in.readObject();
      } catch (IOException | ClassNotFoundException | RuntimeException e) {
        // what it said is kept as text too
      }
    }
    return new TaskFailed(task, stack == null ? "" : stack);
  }

  /// Finds the classes of the program that runs.
  private static final class OfProgram extends ObjectInputStream {
    OfProgram(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      try {
        return Class.forName(described.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(described);
      }
    }
  }
}
