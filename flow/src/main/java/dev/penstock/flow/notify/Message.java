package dev.penstock.flow.notify;

import java.util.Map;

/// What is to be told. Its texts may hold anything: each channel escapes them for its medium.
///
/// @param subject one line
/// @param facts what it is about, for programs
public record Message(String subject, String text, Map<String, String> facts) {
  public Message {
    facts = Map.copyOf(facts);
  }
}
