package dev.penstock.flow.notify;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.data.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A program that takes messages as JSON by POST: an object with `subject`, `text` and `facts`.
///
/// @param url secret: it may hold a token
/// @param authorization the value of the header `Authorization`
public record Webhook(
    Secret url, @Nullable Secret authorization, @Nullable Map<String, String> headers)
    implements Channel {
  private static final DataType TEXT = DataType.Scalar.STRING;

  @Override
  public int send(Message message, Carriers carriers) throws InterruptedException {
    Map<String, String> sent = new LinkedHashMap<>();
    if (headers != null) {
      sent.putAll(headers);
    }
    if (authorization != null) {
      sent.put("Authorization", authorization.reveal());
    }
    Map<String, String> body = new LinkedHashMap<>();
    body.put("subject", Json.write(message.subject(), TEXT));
    body.put("text", Json.write(message.text(), TEXT));
    body.put("facts", Json.write(message.facts(), new DataType.MapOf(TEXT, TEXT)));
    return carriers.post(url, sent, Json.object(body));
  }
}
