package dev.penstock.server.web;

import java.time.Duration;

/// How long is waited for what a client sends, and for it to take what it is sent: whoever does so
/// slowly, or not at all, holds a connection no longer.
///
/// @param line for the first line of a request, also on a connection that is kept
/// @param headers for all of them together
/// @param body for all of it
/// @param answer for all of one, or a piece of one that goes on
record Patience(Duration line, Duration headers, Duration body, Duration answer) {
  static final Patience USUAL =
      new Patience(
          Duration.ofMinutes(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5));
}
