package dev.penstock.http;

import dev.penstock.data.BadJson;
import dev.penstock.data.BadText;
import dev.penstock.data.JsonValue;
import dev.penstock.data.Redaction;
import dev.penstock.http.HttpFailed.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A page that has come.
///
/// @param body null where the page is lines
record Fetched(Api api, URI uri, HttpAnswer answer, @Nullable JsonValue body, Items items) {

  /// @param itemsAt where in the body the items are
  static Fetched of(Api api, URI uri, HttpAnswer answer, String itemsAt, boolean lines)
      throws HttpFailed {
    if (lines) {
      return new Fetched(api, uri, answer, null, Items.Lines.of(answer.text()));
    }
    JsonValue body = answer.json();
    JsonValue items = body.at(itemsAt).orElse(null);
    if (items == null || !items.isArray()) {
      throw new HttpFailed(
          Reason.CONTENT,
          "the page %s has %s at \"%s\" where its items should be, wanted an array; say where they are by itemsAt(…)"
              .formatted(api.shown(uri), items == null ? "nothing" : items.kind(), itemsAt),
          null);
    }
    return new Fetched(api, uri, answer, body, new Items.Elements(items.elements()));
  }

  boolean isEmpty() {
    return items.size() == 0;
  }

  /// A text or number in the body; empty when it is not there, null or empty.
  Optional<String> scalar(String pointer) throws HttpFailed {
    if (body == null) {
      throw failure("is lines, which have no \"" + pointer + "\"");
    }
    try {
      return Optional.ofNullable(body.text(pointer)).filter(text -> !text.isEmpty());
    } catch (BadJson e) {
      throw failure("does not say which page is next: " + e.getMessage());
    }
  }

  /// The place that a link of this page leads to. It must be of the same server, which alone is to
  /// be told the secrets of the connection.
  String linked(String link) throws HttpFailed {
    URI to;
    try {
      to = uri.resolve(new URI(link));
    } catch (URISyntaxException e) {
      throw failure(
          "says that the next one is " + BadText.quoted(Redaction.url(link)) + ", which is no URL");
    }
    if (to.getScheme() == null || !api.isOurs(to)) {
      throw failure(
          "says that the next one is %s, on another server, which must not be told the secrets of this one"
              .formatted(api.shown(to)));
    }
    URI open =
        api.settings().auth() instanceof Auth.Parameter(String name, String _)
            ? Queries.without(to, name)
            : to;
    return open.toString();
  }

  HttpFailed failure(String what) {
    return new HttpFailed(Reason.CONTENT, "the page " + api.shown(uri) + " " + what, null);
  }
}
