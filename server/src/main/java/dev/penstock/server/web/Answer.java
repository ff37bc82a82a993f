package dev.penstock.server.web;

import dev.penstock.flow.JsonTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is sent back.
///
/// @param headers besides those that every answer has
public record Answer(int status, Map<String, String> headers, Body body) {

  /// What an answer consists of.
  public sealed interface Body {
    /// All of it.
    record Whole(byte[] bytes) implements Body {}

    /// Written bit by bit, for as long as it takes.
    record Flowing(Writing writing) implements Body {}
  }

  /// Writes a body that goes on.
  @FunctionalInterface
  public interface Writing {
    /// Ends when the other side is gone, by an exception.
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  private static Answer text(int status, String type, String text) {
    return new Answer(
        status,
        Map.of("Content-Type", type),
        new Body.Whole(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static Answer page(int status, String html) {
    return text(status, "text/html; charset=utf-8", html).with("Cache-Control", "no-store");
  }

  public static Answer plain(String text) {
    return text(200, "text/plain; charset=utf-8", text);
  }

  public static Answer json(int status, @Nullable Object tree) {
    return text(status, "application/json", JsonTree.write(tree)).with("Cache-Control", "no-store");
  }

  /// As RFC 9457 says.
  public static Answer problem(int status, Map<String, ? extends @Nullable Object> members) {
    return text(status, "application/problem+json", JsonTree.write(members));
  }

  /// To be looked up elsewhere, with GET.
  public static Answer seeOther(String location) {
    return new Answer(303, Map.of("Location", location), new Body.Whole(new byte[0]));
  }

  /// Server-sent events.
  public static Answer events(Writing writing) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/event-stream; charset=utf-8");
    headers.put("Cache-Control", "no-store");
    return new Answer(200, headers, new Body.Flowing(writing));
  }

  /// The same with one more header.
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }
}
