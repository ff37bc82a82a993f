package dev.penstock.http;

import dev.penstock.data.JsonCodec;
import dev.penstock.data.JsonValue;
import dev.penstock.pipeline.connector.Chunk;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the pages of an API one after another.
///
/// What is read by a bound is read in rounds: one that was broken off is read to its end, by the
/// bound that it began with, and then comes another from where that has come to.
final class PagesReader<T> implements Reader<T> {
  private final Api api;
  private final String path;
  private final Reading reading;
  private final Shape<T> shape;
  private final Split split;
  private Endless endless;
  private boolean assigned;

  /// Where the next page is; its `items` are to be left out.
  private Bookmark at;

  /// Whether a round follows this one.
  private boolean again;

  private boolean ended = true;
  private volatile long bytes;

  PagesReader(Api api, String path, Reading reading, Shape<T> shape, Split split) {
    this.api = api;
    this.path = path;
    this.reading = reading;
    this.shape = shape;
    this.split = split;
    this.at = round(null);
    this.endless = new Endless(reading.paging());
  }

  /// The first page of a round.
  private Bookmark round(@Nullable String seen) {
    Since since = reading.since();
    String bound = since == null ? null : since.bound(Optional.ofNullable(seen));
    return new Bookmark(bound, seen, null, 0, false);
  }

  @Override
  public void assign(Map<Split, Optional<Position>> from) {
    from.forEach((wanted, position) -> {
      if (!wanted.equals(split) || assigned) {
        throw new IllegalArgumentException("no split of " + split + " to read: " + wanted);
      }
      assigned = true;
      ended = false;
      position.map(Bookmark::of).ifPresent(this::goOn);
    });
  }

  private void goOn(Bookmark bookmark) {
    boolean rounds = reading.since() != null;
    if (!bookmark.end()) {
      at = bookmark;
      again = rounds;
    } else if (rounds) {
      at = round(bookmark.seen());
    } else {
      ended = true;
    }
  }

  @Override
  public @Nullable Chunk<T> poll(Duration upTo) throws IOException, InterruptedException {
    if (ended) {
      return null;
    }
    Fetched page = fetch();
    Optional<String> next = reading.paging().next(at.page(), page);
    endless.check(page, next);
    List<Object> made = new ArrayList<>();
    List<Bookmark> after = new ArrayList<>();
    String seen = at.seen();
    if (shape instanceof Shape.Pages pages) {
      seen = seenOf(page, seen);
      made.add(pageOr(pages, page));
      after.add(at);
    } else {
      seen = items(page, seen, made, after);
    }
    Bookmark then = new Bookmark(at.since(), seen, next.orElse(null), 0, next.isEmpty());
    if (!after.isEmpty()) {
      after.set(after.size() - 1, then);
    }
    boolean last = next.isEmpty() && !again;
    turn(then);
    return new PageChunk<>(split, made, after, last);
  }

  private static Object pageOr(Shape.Pages pages, Fetched page) {
    try {
      return pages.of(page);
    } catch (IllegalArgumentException e) {
      return new BadItem(page.api().shown(page.uri()), 0, e);
    }
  }

  /// Goes on to the next page, or to the next round.
  private void turn(Bookmark then) {
    if (!then.end()) {
      at = then;
    } else if (again) {
      again = false;
      at = round(then.seen());
      endless = new Endless(reading.paging());
    } else {
      ended = true;
    }
  }

  private Fetched fetch() throws IOException, InterruptedException {
    URI first = api.uri(path);
    for (Map.Entry<String, String> parameter : reading.parameters().entrySet()) {
      first = Queries.with(first, parameter.getKey(), parameter.getValue());
    }
    Since since = reading.since();
    if (since != null) {
      first = Queries.with(first, since.parameter(), Objects.requireNonNull(at.since()));
    }
    URI uri = reading.paging().at(first, at.page());
    String accept = reading.lines() ? "application/x-ndjson, application/json" : "application/json";
    HttpAnswer answer =
        api.persistently(new Api.Request("GET", uri, Map.of("Accept", accept), null));
    bytes += answer.size();
    return Fetched.of(api, uri, answer, reading.itemsAt(), reading.lines());
  }

  /// @return the greatest value seen after them
  private @Nullable String items(
      Fetched page, @Nullable String before, List<Object> made, List<Bookmark> after) {
    String url = api.shown(page.uri());
    Instant now = RetryAfterHeader.date(page.answer().headers()).orElseGet(Instant::now);
    String seen = before;
    for (int i = at.items(); i < page.items().size(); i++) {
      try {
        JsonValue item = page.items().get(i);
        seen = seen(item, seen, now);
        made.add(record(item));
      } catch (IllegalArgumentException e) {
        made.add(new BadItem(url, i, e));
      }
      after.add(new Bookmark(at.since(), seen, at.page(), i + 1, false));
    }
    return seen;
  }

  private @Nullable String seenOf(Fetched page, @Nullable String before) {
    return items(page, before, new ArrayList<>(), new ArrayList<>());
  }

  private @Nullable String seen(JsonValue item, @Nullable String before, Instant now) {
    Since since = reading.since();
    return since == null ? null : since.seen(Optional.ofNullable(before), item, now);
  }

  private Object record(JsonValue item) {
    return switch (shape) {
      case Shape.Records<T>(Class<T> type) -> {
        byte[] json = item.toString().getBytes(StandardCharsets.UTF_8);
        yield JsonCodec.of(type).read(json, 0, json.length);
      }
      case Shape.Values _, Shape.Pages _ -> item;
    };
  }

  @Override
  public void release(Set<Split> splits) {
    if (splits.contains(split)) {
      ended = true;
    }
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    ended = true;
  }
}
