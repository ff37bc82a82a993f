package dev.penstock.server.web;

import org.jspecify.annotations.Nullable;

/// Lets everybody do everything.
enum Open implements Admission {
  TO_ALL;

  @Override
  public Identity identify(Request request) {
    return Identity.LOCAL;
  }

  @Override
  public void admit(Request request, @Nullable Route route) {}

  @Override
  public void done(Request request, Route route) {}
}
