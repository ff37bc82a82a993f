package dev.penstock.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets everybody do everything, until it is closed.
final class Open implements Admission {
  volatile boolean closed;

  @Override
  public Identity identify(Request request) {
    return Identity.LOCAL;
  }

  @Override
  public void admit(Request request, @Nullable Route route) {
    if (closed) {
      throw new Refused(401, "Log in first", "it is closed", List.of());
    }
  }

  @Override
  public void done(Request request, Route route) {}
}
