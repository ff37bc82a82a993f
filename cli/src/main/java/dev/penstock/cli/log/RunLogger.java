package dev.penstock.cli.log;

import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.LogText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// A logger that writes to the run that the calling thread is in, if it is in one. Inside a run
/// everything from INFO on is written, of libraries that tell of their own work only warnings.
final class RunLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private static final List<String> LIBRARIES =
      List.of("com.zaxxer.", "org.flywaydb.", "org.apache.", "org.postgresql.", "jdk.");

  /// Whether this thread is writing a line to a run: what that itself logs must not go there.
  private static final ThreadLocal<Boolean> WRITING = ThreadLocal.withInitial(() -> false);

  private final transient Logger elsewhere;
  private final boolean library;

  RunLogger(String name, Logger elsewhere) {
    this.name = name;
    this.elsewhere = elsewhere;
    this.library = LIBRARIES.stream().anyMatch(name::startsWith);
  }

  private static boolean inRun() {
    return Calls.inFlow() && !WRITING.get();
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
    if (!inRun()) {
      String text = MessageFormatter.basicArrayFormat(message, arguments);
      elsewhere.atLevel(level).setCause(failure).log(text);
      return;
    }
    WRITING.set(true);
    try {
      Calls.log(LogText.level(level), getName(), LogText.of(message, arguments, failure));
    } finally {
      WRITING.set(false);
    }
  }

  @Override
  public boolean isTraceEnabled() {
    return elsewhere.isTraceEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return elsewhere.isDebugEnabled();
  }

  /// What `observe` says is switched off where it is shown otherwise.
  @Override
  public boolean isInfoEnabled() {
    return elsewhere.isInfoEnabled()
        || (!library && !getName().startsWith("dev.penstock.") && inRun());
  }

  @Override
  public boolean isWarnEnabled() {
    return elsewhere.isWarnEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return elsewhere.isErrorEnabled();
  }
}
