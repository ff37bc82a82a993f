package dev.penstock.http;

import dev.penstock.data.ConnectionName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/// Where programs begin with HTTP: files to download, APIs to read page by page, and to send
/// records to.
///
/// ```java
/// Path file = Http.download("https://example.org/trips.parquet");
/// Http.pages(connection("crm"), "/users").linkHeader().items(User.class)
/// Http.post(connection("mail"), "/contacts", Contact.class)
/// ```
///
/// A connection is a name, looked up when a run connects, or a URL. Behind `#` the URL may say how
/// to get in, which is never sent as it stands: `https://crm.example.org/v2#token=…`, `#api_key=…`
/// with `&api_key_in=X-Key` or `&api_key_in=?key`, `#user=…&password=…`, the latter with
/// `&token_url=/oauth/token&scope=…` for OAuth2's client credentials; and `proxy=http://host:port`.
/// Messages never show a secret.
public final class Http {
  private Http() {}

  /// Downloads a file into the cache of downloads and says where it is. A file that is there
  /// already and has not changed is not fetched again. For other wishes there is [#fetch].
  ///
  /// @throws HttpFailed when it could not be had
  public static Path download(String url) throws IOException {
    return fetch(url).download();
  }

  /// Downloads a file into the cache of downloads and says where it is.
  public static Path download(URI uri) throws IOException {
    return fetch(uri).download();
  }

  /// Describes a download, to be refined and then started:
  /// `Http.fetch(url).to(file).sha256("9f86…").limit(DataSize.gibibytes(1)).download()`.
  public static Download fetch(String url) {
    return Download.of(url);
  }

  /// Describes a download, to be refined and then started.
  public static Download fetch(URI uri) {
    return Download.of(uri.toString());
  }

  /// The pages of an API that needs no connection. How they follow each other, its settings say;
  /// without one it is a single page.
  public static HttpSource<Page> pages(String url) {
    return pages(new ConnectionName(url), "");
  }

  /// The pages of an API.
  ///
  /// @param path is added to the connection's URL
  public static HttpSource<Page> pages(ConnectionName connection, String path) {
    return HttpSource.of(connection, path);
  }

  /// A place of an API that takes records by POST.
  ///
  /// @param record a record class, [dev.penstock.data.Row] or [dev.penstock.data.JsonValue]
  public static <T> HttpTarget<T> post(ConnectionName connection, String path, Class<T> record) {
    return send("POST", connection, path, record);
  }

  /// A place of an API that takes records by PUT.
  public static <T> HttpTarget<T> put(ConnectionName connection, String path, Class<T> record) {
    return send("PUT", connection, path, record);
  }

  /// A place of an API that takes records by PATCH.
  public static <T> HttpTarget<T> patch(ConnectionName connection, String path, Class<T> record) {
    return send("PATCH", connection, path, record);
  }

  /// A place of an API that takes records by another method.
  public static <T> HttpTarget<T> send(
      String method, ConnectionName connection, String path, Class<T> record) {
    return HttpTarget.of(method, connection, path, record);
  }

  /// Whether what has failed may well be done later, for retries of steps:
  /// `retry(times(5).when(Http::isPassing))`. See [HttpFailed#isPassing].
  public static boolean isPassing(Exception failure) {
    return failure instanceof HttpFailed failed && failed.isPassing();
  }
}
