package dev.penstock.server.web;

import org.jspecify.annotations.Nullable;

/// Decides who makes a request and whether it is carried out, and is told of what was.
public interface Admission {
  /// Who it is.
  ///
  /// @throws Refused when it is not answered, whatever it asks for
  Identity identify(Request request);

  /// Lets a request through.
  ///
  /// @param route what was asked for; null when there is no such thing
  /// @throws Refused when it is not for whoever asks
  void admit(Request request, @Nullable Route route);

  /// Told of a request that was carried out.
  void done(Request request, Route route);
}
