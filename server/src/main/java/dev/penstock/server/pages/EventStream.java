package dev.penstock.server.pages;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes server-sent events.
final class EventStream {
  private EventStream() {}

  /// @param id which a viewer whose connection broke comes back with; empty for none
  static void send(OutputStream out, String name, String id, String data) throws IOException {
    StringBuilder text = new StringBuilder();
    if (!id.isEmpty()) {
      text.append("id: ").append(id).append('\n');
    }
    text.append("event: ").append(name).append('\n');
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    if (data.isEmpty()) {
      text.append("data:\n");
    }
    out.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Something is sent from time to time, so that a viewer who is gone is noticed.
  static void beat(OutputStream out) throws IOException {
    out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
  }
}
