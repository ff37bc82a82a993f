package dev.penstock.http;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// The clients of this process, shared by all that speak with APIs, so that connections are used
/// again by whoever comes next. Those to `http:` speak HTTP/1.1 only, since servers may stumble
/// over being asked for more.
final class Clients {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Map<Kind, HttpClient> SHARED = new ConcurrentHashMap<>();

  private record Kind(boolean secure, Optional<URI> proxy) {}

  private Clients() {}

  static HttpClient of(URI uri, Optional<URI> proxy) {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    return SHARED.computeIfAbsent(new Kind(secure, proxy), Clients::make);
  }

  /// Redirects are not followed: a POST would become a GET, and a token would go elsewhere.
  private static HttpClient make(Kind kind) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(kind.secure() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    kind.proxy()
        .ifPresent(proxy ->
            client.proxy(
                ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort()))));
    return client.build();
  }
}
