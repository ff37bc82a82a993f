package dev.penstock.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Requests made at random from what the document of the API says of an operation, or from a form
/// of a page: about half of each is right, so that the rest gets past the first check.
final class GeneratedRequests {
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
  private static final int MOST_IN_ADDRESS = 3000;

  /// JSON that is right for a member of a body or a parameter, by its name.
  private static final Map<String, List<String>> RIGHT =
      Map.ofEntries(
          Map.entry("parameters", List.of("{}", "{\"rows\": 5}")),
          Map.entry("tags", List.of("[]", "[\"a\", \"b\"]")),
          Map.entry("from", List.of("\"2026-05-04\"", "\"2026-05-04T00:00:00Z\"")),
          Map.entry("to", List.of("\"2026-05-06\"", "\"2026-05-06T12:00\"")),
          Map.entry("since", List.of("\"2026-05-06T12:00:00Z\"")),
          Map.entry("until", List.of("\"2026-05-06T13:00:00Z\"")),
          Map.entry(
              "spec",
              List.of(
                  "\"cron 0 6 * * *\"",
                  "\"cron 0 6 * * * zone=Europe/Berlin\"",
                  "\"interval PT15M anchor=2026-01-01T00:00:00Z\"",
                  "\"rrule FREQ=DAILY dtstart=2026-01-01T06:00\"")),
          Map.entry("catchUp", List.of("\"all\"", "\"latest\"", "\"none\"")),
          Map.entry("state", List.of("\"Completed\"", "\"Failed\"", "\"Cancelled\"")),
          Map.entry("type", List.of("\"process\"", "\"inline\"")),
          Map.entry("decay", List.of("\"1s\"")),
          Map.entry("settings", List.of("{\"url\": \"http://127.0.0.1:9/a\"}", "{}")),
          Map.entry(
              "definition",
              List.of(
                  "{\"trigger\": {\"@type\": \"OnState\", \"runs\": {\"flows\": [], \"deployments\": [],"
                      + " \"tags\": [], \"names\": []}, \"states\": [\"Failed\"]},"
                      + " \"actions\": [{\"@type\": \"CancelRun\"}]}")));

  private final Random random;
  private final HostileValues hostile;

  GeneratedRequests(Random random) {
    this.random = random;
    this.hostile = new HostileValues(random);
  }

  private boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  /// A request for an operation.
  ///
  /// @param path its shape
  /// @param operation as the document has it
  /// @param there values of the variables of its path that stand for something
  Wire.Sent of(String method, String path, Map<?, ?> operation, Map<String, String> there) {
    StringBuilder target = new StringBuilder(address(path, there));
    Map<String, String> headers = new TreeMap<>();
    if (operation.get("parameters") instanceof List<?> parameters) {
      for (Object each : parameters) {
        Map<?, ?> parameter = (Map<?, ?>) each;
        String name = String.valueOf(parameter.get("name"));
        String in = String.valueOf(parameter.get("in"));
        if (in.equals("query") && !oneIn(3)) {
          query(target, name, oneIn(2) ? hostile.text(MOST_IN_ADDRESS) : rightText(name));
        } else if (in.equals("header") && !oneIn(3)) {
          headers.put(
              name, oneIn(3) ? headerText() : name.startsWith("If") ? "*" : rightText(name));
        }
      }
    }
    if (oneIn(20)) {
      query(target, hostile.text(100), hostile.text(1000));
    }
    Map<?, ?> schema = schema(operation);
    if (schema == null && !oneIn(10)) {
      return new Wire.Sent(method, target.toString(), headers, new byte[0]);
    }
    headers.put("Content-Type", oneIn(20) ? headerText() : "application/json");
    byte[] body = (schema == null ? hostile.json() : body(schema)).getBytes(StandardCharsets.UTF_8);
    return new Wire.Sent(method, target.toString(), headers, oneIn(12) ? damaged(body) : body);
  }

  private static @Nullable Map<?, ?> schema(Map<?, ?> operation) {
    if (!(operation.get("requestBody") instanceof Map<?, ?> body)) {
      return null;
    }
    Map<?, ?> json = (Map<?, ?>) ((Map<?, ?>) body.get("content")).get("application/json");
    return (Map<?, ?>) ((Map<?, ?>) json.get("schema")).get("properties");
  }

  /// The path with its variables filled in, mostly by what is there.
  private String address(String path, Map<String, String> there) {
    return VARIABLE
        .matcher(path)
        .replaceAll(variable -> {
          String value = there.getOrDefault(variable.group(1), "nobody");
          String used = oneIn(4) ? hostile.text(MOST_IN_ADDRESS) : value;
          return Matcher.quoteReplacement(
              oneIn(40)
                  ? hostile.pick(List.of("%zz", "%", "%00", "%ff%fe", "..%2f..", "%2e%2e"))
                  : encode(used.isEmpty() ? "%" : used));
        });
  }

  private void query(StringBuilder target, String name, String value) {
    target.append(target.indexOf("?") < 0 ? '?' : '&').append(encode(name)).append('=');
    target.append(oneIn(30) ? hostile.pick(List.of("%zz", "%", "%c3%28", "&=&=")) : encode(value));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String headerText() {
    String text = hostile.text(2000).replaceAll("[\\x00-\\x1f\\x7f]", "");
    return oneIn(2) ? "\"" + text + "\"" : text;
  }

  private String body(Map<?, ?> members) {
    if (oneIn(10)) {
      return hostile.noObject();
    }
    Map<String, String> sent = new LinkedHashMap<>();
    boolean right = oneIn(3);
    members.forEach((name, schema) -> {
      if (right || !oneIn(6)) {
        boolean wild = !right && oneIn(2);
        sent.put(
            String.valueOf(name),
            wild ? hostile.json() : right(String.valueOf(name), (Map<?, ?>) schema));
      }
    });
    if (!right && oneIn(8)) {
      sent.put(hostile.text(100), hostile.json());
    }
    return sent.entrySet().stream()
        .map(member -> HostileValues.quoted(member.getKey()) + ": " + member.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String right(String name, Map<?, ?> schema) {
    if (name.equals("definition") && oneIn(3)) {
      return RIGHT
          .get(name)
          .getFirst()
          .replace("\"OnState\"", "\"OnAbsence\", \"after\": [], \"expected\": [\"Failed\"]")
          .replace("\"states\": [\"Failed\"]", "\"within\": " + hostile.json());
    }
    if (RIGHT.containsKey(name) && !oneIn(4)) {
      return hostile.pick(RIGHT.get(name));
    }
    String type = String.valueOf(schema.get("type"));
    if (type.contains("integer")) {
      return String.valueOf(oneIn(4) ? Integer.MAX_VALUE : random.nextInt(10));
    }
    return switch (type) {
      case "boolean" -> String.valueOf(random.nextBoolean());
      case "object" -> "{" + HostileValues.quoted(hostile.text(50)) + ": " + hostile.json() + "}";
      case "array" -> "[" + HostileValues.quoted(hostile.text(5000)) + "]";
      case "string" -> HostileValues.quoted(hostile.text(100_000));
      default -> hostile.json();
    };
  }

  private String rightText(String name) {
    return RIGHT.containsKey(name)
        ? hostile.pick(RIGHT.get(name)).replace("\"", "")
        : String.valueOf(random.nextInt(5));
  }

  /// Cut off, with a byte that has no place in UTF-8, or with one put in.
  private byte[] damaged(byte[] body) {
    if (body.length == 0) {
      return new byte[] {(byte) 0xff};
    }
    byte[] copy = Arrays.copyOf(body, oneIn(2) ? body.length : random.nextInt(body.length) + 1);
    copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
    return copy;
  }

  /// A form of a page.
  ///
  /// @param action where it is sent to
  /// @param fields values that are right, by the names of what is in it
  record Form(String action, Map<String, List<String>> fields) {}

  /// A form as somebody sends it who changes some of its fields.
  Wire.Sent of(Form form) {
    String body =
        form.fields().entrySet().stream()
            .filter(_ -> !oneIn(10))
            .map(field ->
                encode(field.getKey())
                    + "="
                    + encode(
                        oneIn(2)
                            ? hostile.text(oneIn(20) ? 100_000 : 2000)
                            : hostile.pick(field.getValue())))
            .collect(Collectors.joining("&"));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Wire.Sent(
        "POST",
        form.action(),
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        oneIn(20) ? damaged(bytes) : bytes);
  }

  /// A page with any values of the names that it may be asked with.
  Wire.Sent of(String path, Map<String, String> there, List<String> names) {
    StringBuilder target = new StringBuilder(address(path, there));
    for (int i = random.nextInt(4); i > 0; i--) {
      query(target, hostile.pick(names), hostile.text(MOST_IN_ADDRESS));
    }
    return new Wire.Sent("GET", target.toString());
  }
}
