package dev.penstock.http;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.DataSize;
import dev.penstock.data.Redaction;
import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.PlainWriter;
import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Limiter;
import dev.penstock.pipeline.plan.Rate;
import dev.penstock.pipeline.plan.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A place of an API to send records to; made by [Http#post] and its like. Immutable: each setting
/// gives a new value.
///
/// It is a sink: `users.to(crm.batches(100))`. And it is a function for a step, whose options then
/// say how often and how many at once: `map(crm::send, concurrency(3).retry(times(3)))`.
///
/// What a run sends has its effect at once, also if the run fails later: at least once. An
/// idempotency key lets a server that honours it tell what it has had before.
///
/// @param <T> the type of the records
public final class HttpTarget<T> implements PlainSink<T> {
  private static final long serialVersionUID = 1L;

  private final ConnectionName connection;
  private final Letters<T> letters;
  private final Calling calling;
  private final int batch;
  private final int concurrency;

  /// Made when first needed: the connection is looked up by the process that sends.
  private transient volatile @Nullable Api api;

  private HttpTarget(
      ConnectionName connection, Letters<T> letters, Calling calling, int batch, int concurrency) {
    this.connection = connection;
    this.letters = letters;
    this.calling = calling;
    this.batch = batch;
    this.concurrency = concurrency;
    if (batch < 1) {
      throw new IllegalArgumentException("batches must be of at least 1 record, was " + batch);
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1, was " + concurrency);
    }
    if (batch > 1 && (letters.pathOf() != null || letters.format() == BodyFormat.FORM)) {
      throw new IllegalArgumentException(
          "a path of each record, or a form, is sent by itself: take batches(…) away");
    }
  }

  static <T> HttpTarget<T> of(
      String method, ConnectionName connection, String path, Class<T> type) {
    if (connection.isUrl()) {
      ApiSettings.of(connection); // says now what is wrong with the URL
    }
    return new HttpTarget<>(
        connection,
        new Letters<>(method, type, path, null, BodyFormat.JSON, null, null),
        Calling.DEFAULT,
        1,
        1);
  }

  /// Sends each record to a place of its own, which is added to the path: `user -> "/" +
  /// user.id()`.
  public HttpTarget<T> path(Fn<? super T, String> path) {
    return with(
        new Letters<>(
            letters.method(),
            letters.type(),
            letters.path(),
            path,
            letters.format(),
            letters.member(),
            letters.key()));
  }

  /// Sends a record as a form, as browsers do, instead of JSON.
  public HttpTarget<T> form() {
    return with(letters(BodyFormat.FORM, letters.member()));
  }

  /// Sends records as JSON, each on a line, instead of an array.
  public HttpTarget<T> lines() {
    return with(letters(BodyFormat.LINES, letters.member()));
  }

  /// Sends batches as a member of an object instead of an array: `{"users": […]}`.
  public HttpTarget<T> in(String member) {
    return with(letters(BodyFormat.JSON, member));
  }

  private Letters<T> letters(BodyFormat format, @Nullable String member) {
    return new Letters<>(
        letters.method(),
        letters.type(),
        letters.path(),
        letters.pathOf(),
        format,
        member,
        letters.key());
  }

  /// Sends a key with each record, in the header `Idempotency-Key`; that of a batch is a digest of
  /// those of its records.
  public HttpTarget<T> idempotencyKey(Fn<? super T, String> key) {
    return with(
        new Letters<>(
            letters.method(),
            letters.type(),
            letters.path(),
            letters.pathOf(),
            letters.format(),
            letters.member(),
            key));
  }

  /// As a sink, sends so many records with a request, as an array. A batch that is refused for what
  /// it holds is sent again in halves, until the bad records stand alone.
  public HttpTarget<T> batches(int records) {
    return new HttpTarget<>(connection, letters, calling, records, concurrency);
  }

  /// As a sink, waits for so many answers at once; 1 without it, which keeps the order.
  public HttpTarget<T> concurrency(int requests) {
    return new HttpTarget<>(connection, letters, calling, batch, requests);
  }

  /// Sends a header with each request. Secrets belong to the connection.
  public HttpTarget<T> header(String name, String value) {
    return with(calling.header(name, value));
  }

  /// Sends no more requests than this, tries included, together with all others of this process
  /// that have a rate for the same host; they must agree on it.
  public HttpTarget<T> rate(Rate rate) {
    return with(calling.rate(Limiter.of(rate)));
  }

  /// Sends no more requests than this, together with all others that use the name.
  public HttpTarget<T> rate(Limiter limiter) {
    return with(calling.rate(limiter));
  }

  /// As a sink, tries in this way again what may pass; 5 times with delays from 1 s to 30 s without
  /// it. A `Retry-After` of the server's is honoured up to five minutes.
  public HttpTarget<T> retry(Retry retry) {
    return with(calling.retry(retry));
  }

  /// Waits so long for a whole answer; 60 s without it.
  public HttpTarget<T> timeout(Duration timeout) {
    return with(calling.timeout(timeout));
  }

  /// Refuses answers that are larger than this, unpacked; 64 MiB without it.
  public HttpTarget<T> limit(DataSize most) {
    return with(calling.limit(most));
  }

  private HttpTarget<T> with(Letters<T> other) {
    return new HttpTarget<>(connection, other, calling, batch, concurrency);
  }

  private HttpTarget<T> with(Calling other) {
    return new HttpTarget<>(connection, letters, other, batch, concurrency);
  }

  /// Sends one record, once. The step that this is given to says whether to try again: a failure
  /// knows how long the server asks to wait.
  ///
  /// @throws HttpFailed when the server is not there, or its status says no
  public HttpAnswer send(T record) throws Exception {
    return once(List.of(record), false);
  }

  /// Sends some records as an array, or as lines, once.
  ///
  /// @throws HttpFailed when the server is not there, or its status says no
  public HttpAnswer sendAll(List<? extends T> records) throws Exception {
    if (letters.pathOf() != null || letters.format() == BodyFormat.FORM) {
      throw new IllegalStateException(
          "a path of each record, or a form, is sent by itself: use send instead of sendAll");
    }
    return once(records, true);
  }

  private HttpAnswer once(List<? extends T> records, boolean many) throws Exception {
    Api open = api;
    if (open == null) {
      open = new Api(connection, calling);
      api = open;
    }
    return open.once(letters.letter(open, records, many));
  }

  @Override
  public PlainWriter<T> open() {
    return new Deliveries<>(new Api(connection, calling), letters, batch, concurrency);
  }

  @Override
  public String describe() {
    String place = ApiSettings.shown(connection) + letters.path();
    return "Http.%s(%s%s)"
        .formatted(
            letters.method().toLowerCase(Locale.ROOT),
            Redaction.url(place),
            batch == 1 ? "" : ", batches of " + batch);
  }

  @Override
  public String toString() {
    return describe();
  }
}
