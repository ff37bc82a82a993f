package dev.penstock.flow;

import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

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
    String text = LogText.of(message, arguments, failure);
    if (Calls.inFlow()) {
      Calls.log(LogText.level(level), text);
    } else {
      System.err.println(text);
    }
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
