package dev.penstock.flow;

import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// The log of whatever runs on the calling thread.
final class FlowLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  FlowLogger() {
    name = "penstock";
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    String text = MessageFormatter.basicArrayFormat(message, arguments) + stack(failure);
    if (Calls.inFlow()) {
      Calls.log(level(level), text);
    } else {
      System.err.println(text);
    }
  }

  private static String stack(@Nullable Throwable failure) {
    if (failure == null) {
      return "";
    }
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    return System.lineSeparator() + stack.toString().stripTrailing();
  }

  static LogLevel level(Level level) {
    return switch (level) {
      case ERROR -> LogLevel.ERROR;
      case WARN -> LogLevel.WARNING;
      case INFO -> LogLevel.INFO;
      case DEBUG, TRACE -> LogLevel.DEBUG;
    };
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }
}
