package dev.penstock.http;

import dev.penstock.data.BadText;
import dev.penstock.data.DataSize;
import dev.penstock.data.Redaction;
import dev.penstock.pipeline.plan.Retry;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A download that is not started yet. Immutable; each method gives a changed copy.
///
/// The file stands under its name when all of it has arrived and is on the disk, never before.
/// Until then it is called `.<name>.part`; a later attempt, of this process or another, goes on
/// where that ends, if the server says that the file has not changed. Two downloads to the same
/// place wait for each other.
///
/// @param uri of the file; a user and password in it are sent to that server only, and never shown
/// @param target the file to write; null for the cache
/// @param cache the directory of the cache
/// @param sha256 the wanted checksum in hexadecimal digits, or null
/// @param limit the most bytes to accept
/// @param retry how often to try again after a lost connection, a timeout, or a status that says
///   "later"
/// @param timeouts how long to wait for what
public record Download(
    URI uri,
    @Nullable Path target,
    Path cache,
    @Nullable String sha256,
    DataSize limit,
    Retry retry,
    Timeouts timeouts) {
  private static final Retry DEFAULT_RETRY =
      Retry.times(5).exponential(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /// How long to wait.
  ///
  /// @param connect for a connection
  /// @param idle for the answer to begin, and then for each next byte
  public record Timeouts(Duration connect, Duration idle) {
    public Timeouts {
      requirePositive("connect", connect);
      requirePositive("idle", idle);
    }

    private static void requirePositive(String name, Duration timeout) {
      if (!timeout.isPositive()) {
        throw new IllegalArgumentException(
            "the " + name + " timeout must be longer than zero, was " + timeout);
      }
    }
  }

  static Download of(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new BadText(Redaction.url(url), "a URL: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean http = scheme.equals("http") || scheme.equals("https");
    if (!http || uri.getHost() == null) {
      throw new BadText(Redaction.url(url), "a URL that begins with https:// or http://");
    }
    return new Download(
        uri,
        null,
        DownloadCache.defaultDirectory(),
        null,
        new DataSize(Long.MAX_VALUE),
        DEFAULT_RETRY,
        new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30)));
  }

  /// Writes to this file, replacing an older one; or, if it is a directory, to a file in it that is
  /// named as in the URL.
  public Download to(Path fileOrDirectory) {
    Path file =
        Files.isDirectory(fileOrDirectory)
            ? fileOrDirectory.resolve(DownloadCache.fileName(uri))
            : fileOrDirectory;
    return new Download(uri, file, cache, sha256, limit, retry, timeouts);
  }

  /// Keeps the file in this cache, instead of `$PENSTOCK_HOME/downloads` or a directory for
  /// temporary files.
  public Download cache(Path directory) {
    return new Download(uri, target, directory, sha256, limit, retry, timeouts);
  }

  /// Refuses a file whose SHA-256, in hexadecimal digits, is another.
  public Download sha256(String checksum) {
    String digits = checksum.strip().toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{64}")) {
      throw new BadText(checksum, "a SHA-256 in 64 hexadecimal digits");
    }
    return new Download(uri, target, cache, digits, limit, retry, timeouts);
  }

  /// Refuses a file larger than this.
  public Download limit(DataSize most) {
    return new Download(uri, target, cache, sha256, most, retry, timeouts);
  }

  /// Tries again in this way; 5 times with delays from 1 s to 30 s without it. A `Retry-After` of
  /// the server's is honoured up to five minutes.
  public Download retry(Retry times) {
    return new Download(uri, target, cache, sha256, limit, times, timeouts);
  }

  /// Waits so long for a connection (10 s without this), and so long for each next byte (30 s).
  public Download timeouts(Duration connect, Duration idle) {
    return new Download(uri, target, cache, sha256, limit, retry, new Timeouts(connect, idle));
  }

  /// Downloads the file.
  ///
  /// @return where it is
  /// @throws HttpFailed when it could not be had
  public Path download() throws IOException {
    return new Transfer(this).run();
  }

  /// The URL, without secrets.
  String shown() {
    return Redaction.url(uri.toString());
  }

  @Override
  public String toString() {
    return "Download[" + shown() + "]";
  }
}
