package dev.penstock.flow.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/// Keeps what Flyway says of its work from the screens of users; what went wrong it also throws.
/// Public for Flyway, which makes it by its name.
public final class QuietLog implements LogCreator {
  @Override
  public Log createLogger(Class<?> of) {
    System.Logger logger = System.getLogger(of.getName());
    return new Log() {
      @Override
      public void debug(String message) {}

      @Override
      public void info(String message) {
        logger.log(System.Logger.Level.DEBUG, message);
      }

      @Override
      public void notice(String message) {
        logger.log(System.Logger.Level.DEBUG, message);
      }

      @Override
      public void warn(String message) {
        logger.log(System.Logger.Level.WARNING, message);
      }

      @Override
      public void error(String message) {
        logger.log(System.Logger.Level.DEBUG, message);
      }

      @Override
      public void error(String message, Exception e) {
        logger.log(System.Logger.Level.DEBUG, message, e);
      }
    };
  }
}
