package dev.penstock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Secret;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.worker.DeploymentRuns;
import dev.penstock.flow.worker.Scheduler;
import dev.penstock.server.web.Route;
import dev.penstock.testkit.Postgres;
import dev.penstock.testkit.Seed;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is sent to any operation of the API, or by any form of a page, is answered by what was
/// meant, and does not keep the server from answering others. More of it with
/// `-Dpenstock.long=true`.
class GeneratedRequestsTest {
  private static final int EACH = Boolean.getBoolean("penstock.long") ? 400 : 2;
  private static final int AT_ONCE = 4;
  private static final int MOST_SHOWN = 20;

  private static final Pattern FORM = Pattern.compile("(?s)<form([^>]*)>(.*?)</form>");
  private static final Pattern ACTION = Pattern.compile("(?:form)?action=\"([^\"]+)\"");
  private static final Pattern FIELD =
      Pattern.compile("(?s)<(?:input|select|textarea)[^>]* name=\"([^\"]+)\"[^>]*>");
  private static final Pattern VALUE = Pattern.compile(" value=\"([^\"]*)\"");

  /// Whoever makes a user has all others log in; and these are long on purpose.
  private static final List<String> LEFT_OUT = List.of("/settings/users", "/login", "/logout");

  @TempDir private Path directory;
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private Town town;
  private Wire wire;
  private Random random;
  private int sent;

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgres"})
  void whateverIsSentIsAnsweredAndTheServerGoesOn(String database) throws Exception {
    random = new Random(Seed.of("generated requests to " + database));
    StoreUrl url =
        database.equals("sqlite")
            ? StoreUrl.file(directory.resolve("penstock.db"))
            : new StoreUrl(Postgres.newDatabase("requests"));
    long began = System.nanoTime();
    try (Town opened = new Town(directory, url)) {
      town = opened;
      wire = new Wire(URI.create(town.server.url()).getPort());
      town.run("ingest", "{\"rows\": 20}");
      operations();
      pages();
    }
    System.out.printf(
        "%d requests to %s in %.1f s%n", sent, database, (System.nanoTime() - began) / 1e9);
    assertThat(wrong).isEmpty();
  }

  private void operations() throws Exception {
    Map<String, Object> document =
        new LinkedHashMap<>(JsonTree.readObject(town.get("/api/v1/openapi.json").body()));
    GeneratedRequests requests = new GeneratedRequests(random);
    for (Map.Entry<?, ?> path : ((Map<?, ?>) document.get("paths")).entrySet()) {
      for (Map.Entry<?, ?> each : ((Map<?, ?>) path.getValue()).entrySet()) {
        String method = String.valueOf(each.getKey()).toUpperCase(Locale.ROOT);
        String shape = String.valueOf(path.getKey());
        for (int i = 0; i < EACH; i++) {
          Map<String, String> there = things(shape);
          List<Wire.Sent> group = new ArrayList<>();
          for (int j = i % AT_ONCE == 0 && !method.equals("GET") ? AT_ONCE : 1; j > 0; j--) {
            group.add(requests.of(method, shape, (Map<?, ?>) each.getValue(), there));
          }
          atOnce(group);
        }
        if (!method.equals("GET")) {
          assertAllIsWell(method + " " + shape);
        }
      }
    }
  }

  private void atOnce(List<Wire.Sent> group) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Wire.Sent each : group) {
      threads.add(Thread.ofVirtual().start(() -> send(each)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    sent += group.size();
  }

  private void send(Wire.Sent request) {
    try {
      Wire.Got got = wire.send(request);
      if (!isMeant(request, got)) {
        note(request + "\n    -> " + got);
      }
    } catch (Exception e) {
      note(request + "\n    -> " + e);
    }
  }

  private static boolean isMeant(Wire.Sent request, Wire.Got got) {
    boolean refused = got.status() >= 400;
    boolean api = request.target().startsWith("/api/");
    boolean shown =
        got.body().contains("\tat ")
            || got.body().contains("\\tat ")
            || refused && got.body().contains("Exception");
    boolean marked = got.type().startsWith("text/html") && got.body().contains(Shop.HOSTILE);
    return got.status() > 0
        && got.status() < 500
        && (!refused || !api || got.type().equals("application/problem+json"))
        && !shown
        && !marked;
  }

  private static boolean isEndless(Route route) {
    return route.path().endsWith("/events")
            && !List.of("/events", "/api/v1/events").contains(route.path())
        || route.path().startsWith("/api/v1/store/");
  }

  private void note(String what) {
    if (wrong.size() < MOST_SHOWN) {
      wrong.add(what.length() > 2000 ? what.substring(0, 2000) : what);
    }
  }

  /// What other people ask for is answered, whatever was sent before.
  private void assertAllIsWell(String after) {
    for (Route route : town.server.routes()) {
      if (route.method().equals("GET")
          && !route.path().contains("{")
          && !isEndless(route)
          && !route.path().startsWith("/login")) {
        Wire.Sent request = new Wire.Sent("GET", route.path());
        send(request);
        sent++;
      }
    }
    DeploymentRuns runs = new DeploymentRuns(town.store);
    try (Automations automations = new Automations(town.store, town.vault, runs::createById)) {
      new Scheduler(town.store).tick();
      automations.tick();
    } catch (InterruptedException | RuntimeException e) {
      note("schedules and automations after " + after + ": " + e);
    }
  }

  /// Makes what the paths of a shape are about, where it is not there any more.
  private Map<String, String> things(String shape) {
    Map<String, String> there = new LinkedHashMap<>();
    Deployment deployment = town.deploy();
    if (town.store.schedules().of(deployment.id()).isEmpty()) {
      town.store.schedules().add(deployment.id(), NewSchedule.of("cron 0 6 * * *"));
    }
    there.put("schedule", town.store.schedules().of(deployment.id()).getFirst().id());
    there.put("kind", "tag");
    there.put("type", "webhook");
    there.put("name", "color");
    if (shape.contains("/variables")) {
      town.store.variables().set("color", "\"green\"", List.of());
    } else if (shape.contains("/work-pools")) {
      town.store.workPools().create("color", WorkPool.Type.PROCESS, 2);
    } else if (shape.contains("/concurrency-limits")) {
      town.store.limits().set(Limit.of(LimitKey.tag("color"), 2));
    } else if (shape.contains("/secrets")) {
      town.vault.secrets().set("color", Secret.of("green"));
    }
    there.put("id", shape.contains("/deployments") ? deployment.id() : run(deployment).id());
    return there;
  }

  private FlowRun run(Deployment deployment) {
    List<FlowRun> runs = town.store.flowRuns().list(RunFilter.ALL, Page.first(20));
    return runs.size() < 3
        ? new DeploymentRuns(town.store).create(deployment, "{}", List.of(), null, null)
        : runs.get(random.nextInt(runs.size()));
  }

  private void pages() throws Exception {
    GeneratedRequests requests = new GeneratedRequests(random);
    List<GeneratedRequests.Form> forms = new ArrayList<>();
    TreeSet<String> names =
        new TreeSet<>(List.of("after", "month", "from", "to", "again", "within"));
    List<String> shapes = new ArrayList<>();
    for (Route route : town.server.routes()) {
      if (route.method().equals("GET")
          && !route.path().startsWith("/api/")
          && !isEndless(route)
          && LEFT_OUT.stream().noneMatch(route.path()::startsWith)) {
        shapes.add(route.path());
        Map<String, String> there = things(route.path());
        Matcher variables = Pattern.compile("\\{(\\w+)}").matcher(route.path());
        String page = variables.replaceAll(name -> there.getOrDefault(name.group(1), "nobody"));
        forms.addAll(forms(wire.send(new Wire.Sent("GET", page)).body(), page));
      }
    }
    forms.forEach(form -> names.addAll(form.fields().keySet()));
    for (GeneratedRequests.Form form : forms) {
      for (int i = 0; i < EACH; i++) {
        things(form.action());
        atOnce(List.of(requests.of(form)));
      }
    }
    assertAllIsWell("the forms");
    for (String shape : shapes) {
      Map<String, String> there = things(shape);
      for (int i = 0; i < EACH; i++) {
        atOnce(List.of(requests.of(shape, there, List.copyOf(names))));
      }
    }
  }

  /// The forms of a page that change something, and where its buttons send them.
  private static List<GeneratedRequests.Form> forms(String html, String page) {
    List<GeneratedRequests.Form> forms = new ArrayList<>();
    Matcher form = FORM.matcher(html);
    while (form.find()) {
      Map<String, List<String>> fields = new LinkedHashMap<>();
      Matcher field = FIELD.matcher(form.group(2));
      while (field.find()) {
        int end = form.group(2).indexOf("</select>", field.end());
        boolean select = field.group().startsWith("<select") && end > 0;
        fields.put(
            field.group(1),
            values(select ? form.group(2).substring(field.start(), end) : field.group()));
      }
      Matcher action = ACTION.matcher(form.group());
      while (action.find() && form.group(1).contains("method=\"post\"")) {
        if (LEFT_OUT.stream().noneMatch(action.group(1)::startsWith)) {
          forms.add(new GeneratedRequests.Form(action.group(1), fields));
        }
      }
    }
    return forms;
  }

  private static List<String> values(String html) {
    List<String> values = new ArrayList<>();
    Matcher value = VALUE.matcher(html);
    while (value.find()) {
      values.add(value.group(1));
    }
    return values.isEmpty() || values.equals(List.of("")) ? List.of("3", "color", "") : values;
  }
}
