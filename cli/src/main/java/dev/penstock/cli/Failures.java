package dev.penstock.cli;

import dev.penstock.cli.program.ProgramLoader;
import dev.penstock.pipeline.plan.FailedAt;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows why a program failed: the message first, then where in the user's own code.
final class Failures {
  private Failures() {}

  /// The failure in a few lines, without the frames of Penstock, of libraries and of the JDK.
  static String brief(Throwable failure) {
    List<String> lines = new ArrayList<>();
    lines.add("error: " + message(failure));
    Set<Throwable> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    String told = message(failure);
    for (@Nullable Throwable at = failure; at != null && shown.add(at); at = at.getCause()) {
      String what = at.getClass().getName();
      lines.add(at == failure ? "  " + what : "  caused by " + what + unlessTold(at, told));
      told = message(at);
      for (Throwable note : at.getSuppressed()) {
        if (note instanceof FailedAt) {
          lines.add("    " + note.getMessage());
        }
      }
      userFrames(at).forEach(frame -> lines.add("    at " + frame));
    }
    lines.add("(--stacktrace shows every frame)");
    return String.join(System.lineSeparator(), lines);
  }

  /// Connectors repeat in their exceptions what their cause says, so that nobody has to look there.
  private static String unlessTold(Throwable cause, String told) {
    return cause.getMessage() == null || told.contains(message(cause))
        ? ""
        : ": " + cause.getMessage();
  }

  /// The failure with all its frames.
  static String full(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return "error: " + message(failure) + System.lineSeparator() + text.toString().stripTrailing();
  }

  static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getName() : message;
  }

  private static List<String> userFrames(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> ProgramLoader.NAME.equals(frame.getClassLoaderName()))
        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber() + " in " + method(frame))
        .distinct()
        .toList();
  }

  /// The name that the user wrote: a lambda's code is in a method `lambda$main$0`.
  private static String method(StackTraceElement frame) {
    String[] parts = frame.getMethodName().split("\\$");
    return parts.length == 3 && parts[0].equals("lambda") ? "a lambda of " + parts[1] : parts[0];
  }
}
