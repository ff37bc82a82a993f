package dev.penstock.http;

import dev.penstock.data.DataSize;
import dev.penstock.pipeline.plan.Limiter;
import dev.penstock.pipeline.plan.Retry;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How requests are made.
///
/// @param rate a limit on requests, tries included; one without a name is that of the host; null
///   for none
/// @param retry which requests are tried again, of those that may pass
/// @param timeout for the whole answer
/// @param limit of the size of an answer
/// @param headers sent with each request
record Calling(
    @Nullable Limiter rate,
    Retry retry,
    Duration timeout,
    DataSize limit,
    Map<String, String> headers)
    implements Serializable {
  private static final int DAYS = 30;

  static final Calling DEFAULT =
      new Calling(
          null,
          Retry.times(5).exponential(Duration.ofSeconds(1), Duration.ofSeconds(30)),
          Duration.ofSeconds(60),
          DataSize.mebibytes(64),
          Map.of());

  Calling {
    if (!timeout.isPositive() || timeout.compareTo(Duration.ofDays(DAYS)) > 0) {
      throw new IllegalArgumentException(
          "the timeout must be longer than zero and not longer than "
              + DAYS
              + " days, was "
              + timeout);
    }
    if (limit.bytes() < 1 || limit.bytes() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the limit of an answer must be from 1 byte to below 2 GiB, was " + limit);
    }
    headers = Map.copyOf(headers);
  }

  Calling rate(Limiter limiter) {
    return new Calling(limiter, retry, timeout, limit, headers);
  }

  Calling retry(Retry times) {
    return new Calling(rate, times, timeout, limit, headers);
  }

  Calling timeout(Duration longest) {
    return new Calling(rate, retry, longest, limit, headers);
  }

  Calling limit(DataSize most) {
    return new Calling(rate, retry, timeout, most, headers);
  }

  Calling header(String name, String value) {
    if (name.matches("(?i)authorization|proxy-authorization|cookie|.*(token|api-?key|secret).*")) {
      throw new IllegalArgumentException(
          "the header \""
              + name
              + "\" holds a secret, and a program holds none: put it into the connection, such as \"https://…#token=…\"");
    }
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Calling(rate, retry, timeout, limit, more);
  }
}
