package dev.penstock.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.data.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A server on the loopback interface that answers as the published description of BigQuery's REST
/// interface says, as far as Penstock asks: tables, rows that are streamed into them, loads of
/// files that a test reads, and queries whose results a test gives. It runs no SQL but the merge of
/// loads.
public final class BigQueryStub implements AutoCloseable {
  private static final Pattern PATH = Pattern.compile("/bigquery/v2/projects/([^/]+)/(.*)");
  private static final Pattern TABLE =
      Pattern.compile("datasets/([^/]+)/tables(?:/([^/]+)/insertAll)?");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Table> tables = new ConcurrentHashMap<>();
  private final BigQueryJobs loads = new BigQueryJobs(tables);
  private final Deque<String> lost = new ArrayDeque<>();
  private final Set<String> datasets = ConcurrentHashMap.newKeySet();
  private final Map<String, Result> results = new ConcurrentHashMap<>();
  private final Map<String, Result> jobs = new ConcurrentHashMap<>();
  private final Deque<Refusal> refusals = new ArrayDeque<>();

  /// What was asked: the method, the path below the project, and the body.
  public final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /// What was sent as `Authorization`.
  public final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

  record Table(Map<String, JsonValue> fields, Map<String, JsonValue> rows) {}

  private record Result(String fields, List<String> rows, int page, long changed) {}

  private record Refusal(String path, int status, String reason) {}

  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    final int status;
    final String reason;

    Refused(int status, String reason, String message) {
      super(message);
      this.status = status;
      this.reason = reason;
    }
  }

  public BigQueryStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// The server's URL.
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The URL of a connection to it.
  public String connection() {
    return "bigquery://test-project?endpoint=" + endpoint();
  }

  public BigQueryStub dataset(String name) {
    datasets.add(name);
    return this;
  }

  /// Makes a table.
  ///
  /// @param fields a JSON array of fields
  public BigQueryStub table(String dataset, String name, String fields) {
    dataset(dataset);
    tables.put(dataset + "." + name, tableOf(JsonValue.parse(fields)));
    return this;
  }

  /// Answers a query with rows, so many on a page.
  ///
  /// @param rows each as `{"f":[{"v":…}]}`
  public BigQueryStub result(String sql, String fields, List<String> rows, int page) {
    results.put(sql, new Result(fields, rows, page, 0));
    return this;
  }

  /// Answers a statement that changes rows.
  public BigQueryStub changes(String sql, long rows) {
    results.put(sql, new Result("[]", List.of(), 1, rows));
    return this;
  }

  /// Refuses the next request.
  public BigQueryStub refuse(int status, String reason) {
    return refuse("", status, reason);
  }

  /// Refuses the next request whose path below the project begins so.
  public BigQueryStub refuse(String path, int status, String reason) {
    synchronized (refusals) {
      refusals.add(new Refusal(path, status, reason));
    }
    return this;
  }

  /// Does the next request that begins so, `POST jobs`, and loses its answer.
  public BigQueryStub lose(String request) {
    synchronized (lost) {
      lost.add(request);
    }
    return this;
  }

  /// Says what the files hold that are loaded.
  ///
  /// @param files the rows of a file, as JSON objects, by its format and its address
  public BigQueryStub files(BiFunction<String, String, List<String>> files) {
    loads.files(files);
    return this;
  }

  /// Lets the next job fail for a reason.
  public BigQueryStub failJob(String reason) {
    loads.fail(reason);
    return this;
  }

  /// How many jobs have done something.
  public long jobsDone() {
    return loads.succeeded();
  }

  /// The tables of a dataset.
  public List<String> tables(String dataset) {
    return tables.keySet().stream()
        .filter(name -> name.startsWith(dataset + "."))
        .map(name -> name.substring(dataset.length() + 1))
        .sorted()
        .toList();
  }

  /// The rows of a table. Those with the same insert id are there once.
  public List<JsonValue> rows(String dataset, String table) {
    Table of = tables.get(dataset + "." + table);
    return of == null ? List.of() : List.copyOf(of.rows().values());
  }

  static Table tableOf(JsonValue fields) {
    Map<String, JsonValue> byName = new HashMap<>();
    fields.elements().forEach(field -> byName.put(String.valueOf(field.text("/name")), field));
    return new Table(byName, Collections.synchronizedMap(new LinkedHashMap<>()));
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      try {
        String answer = answer(exchange, body);
        if (!isLost(exchange)) {
          send(exchange, 200, answer);
        }
      } catch (Refused e) {
        String reason = Json.write(e.reason, DataType.Scalar.STRING);
        String message = Json.write(String.valueOf(e.getMessage()), DataType.Scalar.STRING);
        send(
            exchange,
            e.status,
            "{\"error\":{\"code\":%d,\"message\":%s,\"errors\":[{\"reason\":%s,\"message\":%s}]}}"
                .formatted(e.status, message, reason, message));
      }
    } catch (IOException e) {
      // the client went away
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private String answer(HttpExchange exchange, String body) throws Refused {
    String uri = exchange.getRequestURI().toString();
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    if (uri.equals("/token")) {
      asked.add("POST /token " + body);
      return "{\"access_token\":\"stub-token\",\"expires_in\":3599,\"token_type\":\"Bearer\"}";
    }
    Matcher path = PATH.matcher(uri);
    if (!path.matches()) {
      throw new Refused(404, "notFound", "Not Found");
    }
    asked.add(
        exchange.getRequestMethod() + " " + path.group(2) + (body.isEmpty() ? "" : " " + body));
    synchronized (refusals) {
      Refusal refusal = refusals.peek();
      if (refusal != null && path.group(2).startsWith(refusal.path())) {
        refusals.remove();
        throw new Refused(refusal.status(), refusal.reason(), "refused for the test");
      }
    }
    if (path.group(2).equals("jobs")) {
      return loads.insert(JsonValue.parse(body));
    }
    if (path.group(2).startsWith("jobs/")) {
      return loads.get(path.group(2).replaceFirst("jobs/([^?]+).*", "$1"));
    }
    if (exchange.getRequestMethod().equals("DELETE")) {
      return drop(path.group(2));
    }
    Matcher table = TABLE.matcher(path.group(2));
    if (table.matches()) {
      return table.group(2) == null
          ? create(table.group(1), JsonValue.parse(body))
          : insert(table.group(1) + "." + table.group(2), JsonValue.parse(body));
    }
    return path.group(2).equals("queries") ? query(JsonValue.parse(body)) : page(path.group(2));
  }

  private boolean isLost(HttpExchange exchange) {
    Matcher path = PATH.matcher(exchange.getRequestURI().toString());
    synchronized (lost) {
      String next = lost.peek();
      boolean isIt =
          next != null
              && path.matches()
              && (exchange.getRequestMethod() + " " + path.group(2)).startsWith(next);
      if (isIt) {
        lost.remove();
      }
      return isIt;
    }
  }

  private String drop(String path) throws Refused {
    String name = path.replaceFirst("datasets/([^/]+)/tables/(.+)", "$1.$2");
    if (tables.remove(name) == null) {
      throw new Refused(404, "notFound", "Not found: Table test-project:" + name);
    }
    return "{}";
  }

  private String create(String dataset, JsonValue body) throws Refused {
    String name = dataset + "." + body.text("/tableReference/tableId");
    if (!datasets.contains(dataset)) {
      throw new Refused(404, "notFound", "Not found: Dataset test-project:" + dataset);
    }
    Table made = tableOf(body.at("/schema/fields").orElseThrow());
    if (tables.putIfAbsent(name, made) != null) {
      throw new Refused(409, "duplicate", "Already Exists: Table test-project:" + name);
    }
    return "{\"kind\":\"bigquery#table\"}";
  }

  private String insert(String name, JsonValue body) throws Refused {
    Table table = tables.get(name);
    if (table == null) {
      throw new Refused(404, "notFound", "Not found: Table test-project:" + name);
    }
    List<String> errors = new ArrayList<>();
    List<JsonValue> rows = body.at("/rows").orElseThrow().elements();
    for (int i = 0; i < rows.size(); i++) {
      JsonValue row = rows.get(i).at("/json").orElseThrow();
      String problem = problem(table, row);
      if (problem != null) {
        errors.add("{\"index\":" + i + ",\"errors\":[" + problem + "]}");
      } else {
        String id = rows.get(i).text("/insertId");
        table.rows().put(id == null ? "row " + table.rows().size() : id, row);
      }
    }
    return errors.isEmpty()
        ? "{\"kind\":\"bigquery#tableDataInsertAllResponse\"}"
        : "{\"insertErrors\":[" + String.join(",", errors) + "]}";
  }

  static @Nullable String problem(Table table, JsonValue row) {
    for (String name : Json.members(row.toString()).keySet()) {
      if (!table.fields().containsKey(name)) {
        return error(name, "no such field: " + name + ".");
      }
    }
    for (JsonValue field : table.fields().values()) {
      String name = String.valueOf(field.text("/name"));
      boolean isThere = row.at("/" + name).filter(value -> !value.isNull()).isPresent();
      if (!isThere && "REQUIRED".equals(field.text("/mode"))) {
        return error(name, "Missing required field: " + name + ".");
      }
      if (isThere && "TIMESTAMP".equals(field.text("/type"))) {
        try {
          row.instant("/" + name);
        } catch (IllegalArgumentException e) {
          return error(name, "Could not parse '" + row.text("/" + name) + "' as a timestamp.");
        }
      }
    }
    return null;
  }

  private static String error(String field, String message) {
    return "{\"reason\":\"invalid\",\"location\":\"%s\",\"debugInfo\":\"\",\"message\":\"%s\"}"
        .formatted(field, message);
  }

  /// A job is not complete at first.
  private String query(JsonValue body) throws Refused {
    String sql = String.valueOf(body.text("/query"));
    Result result = results.get(sql);
    if (result == null) {
      throw new Refused(400, "invalidQuery", "Syntax error: the stub has no result for " + sql);
    }
    String job = "job_" + jobs.size();
    jobs.put(job, result);
    return "{\"jobComplete\":false,\"jobReference\":" + reference(job) + "}";
  }

  private static String reference(String job) {
    return "{\"projectId\":\"test-project\",\"jobId\":\"" + job + "\",\"location\":\"EU\"}";
  }

  private String page(String path) throws Refused {
    Matcher page = Pattern.compile("queries/([^?]+)\\?(?:.*pageToken=(\\d+))?.*").matcher(path);
    Result result = page.matches() ? jobs.get(page.group(1)) : null;
    if (result == null
        || !path.contains("useInt64Timestamp=true")
        || !path.contains("location=EU")) {
      throw new Refused(404, "notFound", "Not found: " + path);
    }
    int from = page.group(2) == null ? 0 : Integer.parseInt(page.group(2));
    int to = Math.min(result.rows().size(), from + result.page());
    return "{\"jobComplete\":true,\"totalRows\":\"%d\",\"numDmlAffectedRows\":\"%d\",\"schema\":{\"fields\":%s},\"rows\":[%s],\"jobReference\":%s%s}"
        .formatted(
            result.rows().size(),
            result.changed(),
            result.fields(),
            String.join(",", result.rows().subList(from, to)),
            reference(page.group(1)),
            to < result.rows().size() ? ",\"pageToken\":\"" + to + "\"" : "");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
