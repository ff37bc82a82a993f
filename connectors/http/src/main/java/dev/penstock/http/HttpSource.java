package dev.penstock.http;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.DataSize;
import dev.penstock.data.JsonValue;
import dev.penstock.data.Redaction;
import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.plan.Limiter;
import dev.penstock.pipeline.plan.Rate;
import dev.penstock.pipeline.plan.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The pages of an API to read, or the items on them; made by [Http#pages]. Immutable: each setting
/// gives a new value.
///
/// Its position names a page and an item on it, so that a run that goes on asks for that page
/// again. What the target then holds is exact if the API gives the same pages again.
///
/// @param <T> the type of the records
public final class HttpSource<T> implements Source<T> {
  private static final long serialVersionUID = 1L;

  private final ConnectionName connection;
  private final String path;
  private final Reading reading;
  private final Calling calling;
  private final Shape<T> shape;

  private HttpSource(
      ConnectionName connection, String path, Reading reading, Calling calling, Shape<T> shape) {
    this.connection = connection;
    this.path = path;
    this.reading = reading;
    this.calling = calling;
    this.shape = shape;
  }

  static HttpSource<Page> of(ConnectionName connection, String path) {
    if (connection.isUrl()) {
      ApiSettings.of(connection); // says now what is wrong with the URL
    }
    return new HttpSource<>(connection, path, Reading.ALL, Calling.DEFAULT, new Shape.Pages());
  }

  /// Counts pages from 1 by a parameter of the URL, up to the first that is empty.
  public HttpSource<T> pageParameter(String parameter) {
    return pageParameter(parameter, 1);
  }

  /// Counts pages from a number by a parameter of the URL, up to the first that is empty.
  public HttpSource<T> pageParameter(String parameter, long first) {
    return with(reading.paging(new Paging.Number(parameter, first)));
  }

  /// Says by a parameter of the URL how many items come before, up to the first page that is empty.
  public HttpSource<T> offsetParameter(String parameter) {
    return with(reading.paging(new Paging.Offset(parameter)));
  }

  /// Says by a parameter what each page tells of the next one, as long as it tells something.
  ///
  /// @param pointer where in the body it is told: `/meta/next_cursor`
  public HttpSource<T> cursorAt(String pointer, String parameter) {
    return with(reading.paging(new Paging.Cursor(pointer, parameter)));
  }

  /// Follows the URL of the next page in each body, as long as there is one, on the same server.
  ///
  /// @param pointer where in the body it is: `/links/next`
  public HttpSource<T> nextLinkAt(String pointer) {
    return with(reading.paging(new Paging.NextLink(pointer)));
  }

  /// Follows the `Link` header of the relation `next`, as long as there is one, on the same server.
  public HttpSource<T> linkHeader() {
    return with(reading.paging(new Paging.LinkHeader()));
  }

  /// Sends a parameter with each request.
  public HttpSource<T> parameter(String name, String value) {
    return with(reading.parameter(name, value));
  }

  /// Where in a body its items are: `/data`. Without this the body itself is the array of items.
  public HttpSource<T> itemsAt(String pointer) {
    return with(reading.itemsAt(pointer));
  }

  /// Reads bodies of a JSON value on each line. A line that is none is the failure of its record.
  public HttpSource<T> lines() {
    return with(reading.asLines());
  }

  /// Asks only for what is new: sends the greatest time that was seen so far, which is kept with
  /// the position of a resumable run.
  ///
  /// @param parameter of the URL: `updated_after`
  /// @param pointer where in an item its time is: `/updated_at`
  /// @param first what is sent by the first run
  public HttpSource<T> since(String parameter, String pointer, Instant first) {
    return with(reading.since(new Since.Time(parameter, pointer, first, Duration.ZERO)));
  }

  /// The same by a number, such as a version that grows.
  public HttpSource<T> since(String parameter, String pointer, long first) {
    return with(reading.since(new Since.Number(parameter, pointer, first, 0)));
  }

  /// Asks for so much more than what is new, for items that an API shows late. They come again: let
  /// the target put them in the place of what is there.
  public HttpSource<T> overlap(Duration overlap) {
    if (!(reading.since() instanceof Since.Time(var parameter, var pointer, var first, _))) {
      throw new IllegalStateException("an overlap in time needs since(…) with a time before it");
    }
    return with(reading.since(new Since.Time(parameter, pointer, first, overlap)));
  }

  /// The same by a number.
  public HttpSource<T> overlap(long overlap) {
    if (!(reading.since() instanceof Since.Number(var parameter, var pointer, var first, _))) {
      throw new IllegalStateException(
          "an overlap in numbers needs since(…) with a number before it");
    }
    return with(reading.since(new Since.Number(parameter, pointer, first, overlap)));
  }

  /// Gives the items instead of the pages.
  public HttpSource<JsonValue> items() {
    return new HttpSource<>(connection, path, reading, calling, new Shape.Values());
  }

  /// Gives the items as records instead of the pages.
  ///
  /// @param record a record class, or [dev.penstock.data.Row]
  public <R> HttpSource<R> items(Class<R> record) {
    return new HttpSource<>(connection, path, reading, calling, new Shape.Records<>(record));
  }

  /// Sends a header with each request. Secrets belong to the connection.
  public HttpSource<T> header(String name, String value) {
    return with(calling.header(name, value));
  }

  /// Sends no more requests than this, tries included, together with all others of this process
  /// that have a rate for the same host; they must agree on it.
  public HttpSource<T> rate(Rate rate) {
    return with(calling.rate(Limiter.of(rate)));
  }

  /// Sends no more requests than this, together with all others that use the name.
  public HttpSource<T> rate(Limiter limiter) {
    return with(calling.rate(limiter));
  }

  /// Tries in this way again what may pass; 5 times with delays from 1 s to 30 s without it. A
  /// `Retry-After` of the server's is honoured up to five minutes.
  public HttpSource<T> retry(Retry retry) {
    return with(calling.retry(retry));
  }

  /// Waits so long for a whole page; 60 s without it.
  public HttpSource<T> timeout(Duration timeout) {
    return with(calling.timeout(timeout));
  }

  /// Refuses pages that are larger than this, unpacked; 64 MiB without it.
  public HttpSource<T> limit(DataSize most) {
    return with(calling.limit(most));
  }

  private HttpSource<T> with(Reading other) {
    return new HttpSource<>(connection, path, other, calling, shape);
  }

  private HttpSource<T> with(Calling other) {
    return new HttpSource<>(connection, path, reading, other, shape);
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.SEEKABLE, Trait.BOUNDED);
  }

  @Override
  public Optional<String> condition() {
    String again =
        reading.since() == null ? "" : "; what lies in the overlap with a run before comes again";
    return Optional.of("the API gives the same pages again" + again);
  }

  @Override
  public List<Split> discover() {
    return List.of(split());
  }

  private Split split() {
    StringBuilder id = new StringBuilder(place());
    reading
        .parameters()
        .forEach((name, value) ->
            id.append(id.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value));
    id.append(reading.itemsAt().isEmpty() ? "" : " " + reading.itemsAt());
    return new Split(Redaction.url(id + " " + reading.paging().describe()).strip());
  }

  @Override
  public Reader<T> open(Assignments events) {
    return new PagesReader<>(new Api(connection, calling), path, reading, shape, split());
  }

  private String place() {
    return ApiSettings.shown(connection) + path;
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder("Http.pages(").append(Redaction.url(place()));
    for (String more : List.of(reading.paging().describe(), shape.describe())) {
      text.append(more.isEmpty() ? "" : ", " + more);
    }
    return text.append(')').toString();
  }

  @Override
  public String toString() {
    return describe();
  }
}
