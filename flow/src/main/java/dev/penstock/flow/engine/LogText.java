package dev.penstock.flow.engine;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/// What an SLF4J call says, as a line of a run's log has it.
public final class LogText {
  private LogText() {}

  /// The message with its arguments in place, and below it the stack of the failure, if there is
  /// one.
  public static String of(
      String message, @Nullable Object @Nullable [] arguments, @Nullable Throwable failure) {
    String text = MessageFormatter.basicArrayFormat(message, arguments);
    if (failure == null) {
      return text;
    }
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    return text + System.lineSeparator() + stack.toString().stripTrailing();
  }

  /// The level that a run's log has for it.
  public static LogLevel level(Level level) {
    return switch (level) {
      case ERROR -> LogLevel.ERROR;
      case WARN -> LogLevel.WARNING;
      case INFO -> LogLevel.INFO;
      case DEBUG, TRACE -> LogLevel.DEBUG;
    };
  }
}
