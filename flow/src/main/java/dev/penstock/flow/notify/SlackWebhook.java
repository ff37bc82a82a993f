package dev.penstock.flow.notify;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.data.Secret;
import java.util.Map;

/// A channel of Slack, by an incoming webhook.
///
/// @param url secret: whoever has it can write to the channel
public record SlackWebhook(Secret url) implements Channel {

  @Override
  public int send(Message message, Carriers carriers) throws InterruptedException {
    String text = "*" + escaped(message.subject()) + "*\n" + escaped(message.text());
    return carriers.post(
        url, Map.of(), Json.object(Map.of("text", Json.write(text, DataType.Scalar.STRING))));
  }

  /// Slack's three: with them escaped, no text makes a link or mentions a channel.
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
