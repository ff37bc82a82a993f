package dev.penstock.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/// Files over HTTP and HTTPS: `Path file = Http.download("https://example.org/trips.parquet")`.
public final class Http {
  private Http() {}

  /// Downloads a file into the cache of downloads and says where it is. A file that is there
  /// already and has not changed is not fetched again. For other wishes there is [#fetch].
  ///
  /// @throws DownloadFailed when it could not be had
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
}
