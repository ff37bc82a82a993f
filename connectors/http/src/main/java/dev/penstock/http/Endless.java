package dev.penstock.http;

import java.util.Arrays;
import java.util.Optional;

/// Finds out that pages never end: that they lead in a circle, however long, or are all the same
/// because a server does not know the parameter that counts them.
///
/// A circle is found by one page that is remembered, a later and later one, so that memory stays
/// flat.
final class Endless {
  private final boolean counts;
  private byte[] before = {};
  private String remembered = "";
  private long since;
  private long until = 1;

  Endless(Paging paging) {
    this.counts = paging.counts();
  }

  void check(Fetched page, Optional<String> next) throws HttpFailed {
    if (next.isEmpty()) {
      return;
    }
    if (counts) {
      byte[] body = page.answer().bytes();
      if (!page.isEmpty() && Arrays.equals(body, before)) {
        throw page.failure(
            "holds exactly what the one before held: the server seems not to know the parameter that counts pages, and would never end");
      }
      before = body;
    } else if (next.get().equals(remembered)) {
      throw page.failure(
          "says that one is next which has been read already: the pages lead in a circle, and would never end");
    } else if (++since == until) {
      remembered = next.get();
      since = 0;
      until *= 2;
    }
  }
}
