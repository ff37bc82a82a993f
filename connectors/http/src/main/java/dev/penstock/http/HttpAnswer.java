package dev.penstock.http;

import dev.penstock.data.BadJson;
import dev.penstock.data.JsonValue;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an API has answered, with a status that says yes.
public final class HttpAnswer {
  private static final Pattern CHARSET =
      Pattern.compile("charset=\"?([\\w.:-]+)", Pattern.CASE_INSENSITIVE);

  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;
  private final String request;

  /// @param request for messages: `GET https://…`
  HttpAnswer(int status, HttpHeaders headers, byte[] body, String request) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.request = request;
  }

  public int status() {
    return status;
  }

  /// The first header of this name, in whatever case.
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  HttpHeaders headers() {
    return headers;
  }

  /// The body as it came, unpacked where it was packed.
  public byte[] bytes() {
    return body.clone();
  }

  /// How many bytes the body has.
  int size() {
    return body.length;
  }

  /// The body as text, in the character set that the answer names, or UTF-8.
  public String text() {
    Matcher named = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
    boolean known = named.find() && Charset.isSupported(named.group(1));
    return new String(body, known ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8);
  }

  /// The body as JSON.
  ///
  /// @throws HttpFailed when it is none
  public JsonValue json() throws HttpFailed {
    try {
      return JsonValue.parse(body, 0, body.length);
    } catch (BadJson e) {
      String type = headers.firstValue("Content-Type").map(t -> " (" + t + ")").orElse("");
      throw new HttpFailed(
          HttpFailed.Reason.CONTENT,
          "%s: the answer of %d bytes%s is %s"
              .formatted(request, body.length, type, e.getMessage()),
          null);
    }
  }
}
