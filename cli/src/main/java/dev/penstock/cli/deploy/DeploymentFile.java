package dev.penstock.cli.deploy;

import dev.penstock.data.ParameterParser;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.store.WorkQueue;
import dev.penstock.flow.worker.JobVariables;
import dev.penstock.flow.yaml.YamlFields;
import dev.penstock.flow.yaml.YamlFile;
import dev.penstock.flow.yaml.YamlNode;
import dev.penstock.flow.yaml.YamlRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A `penstock.yaml`: several deployments in one file. All that is wrong with it is told at once,
/// with the line.
public final class DeploymentFile {
  private static final List<String> DEPLOYMENT =
      List.of(
          "name",
          "entrypoint",
          "description",
          "parameters",
          "tags",
          "work_pool",
          "concurrency_limit",
          "collision",
          "collision_grace",
          "schedules",
          "git");
  private static final List<String> POOL = List.of("name", "work_queue_name", "job_variables");
  private static final List<String> RULES = List.of("always", "cron", "interval", "rrule");
  private static final List<String> SCHEDULE =
      List.of(
          "always",
          "cron",
          "interval",
          "rrule",
          "timezone",
          "anchor",
          "start",
          "end",
          "catch_up",
          "max_active",
          "jitter",
          "parameters");

  private final Path file;

  private DeploymentFile(Path file) {
    this.file = file;
  }

  /// The deployments of a file. Files that it names are looked for beside it.
  ///
  /// @throws YamlRefused with everything that is wrong
  public static List<DeploymentRequest> read(Path file) {
    return new YamlFile(file, "deployments").read(new DeploymentFile(file)::request);
  }

  private Optional<DeploymentRequest> request(YamlNode node) {
    int before = node.problems();
    YamlFields fields = node.fields("a deployment", DEPLOYMENT);
    for (String needed : List.of("name", "entrypoint")) {
      if (!fields.containsKey(needed)) {
        node.problem("the deployment needs " + needed + ":");
      }
    }
    String name = fields.text("name", "");
    Deployment.Settings settings = settings(fields);
    List<NewSchedule> schedules = schedules(fields);
    CodeOrigin origin = origin(fields);
    DeploymentRequest.Values parameters = new DeploymentRequest.Values(fields.object("parameters"));
    return node.problems() > before
        ? Optional.empty()
        : Optional.of(
            new DeploymentRequest(
                name, origin, settings, parameters, schedules, file + ":" + node.line()));
  }

  private CodeOrigin origin(YamlFields fields) {
    YamlNode git = fields.get("git");
    CodeOrigin.Repository repository = null;
    if (git != null) {
      YamlFields said = git.fields("git", List.of("url", "ref"));
      if (!said.containsKey("url")) {
        git.problem("git needs url:");
      }
      repository = new CodeOrigin.Repository(said.text("url", ""), said.text("ref", "HEAD"));
    }
    CodeOrigin origin = CodeOrigin.parse(fields.text("entrypoint", "?"), repository);
    return repository == null
        ? new CodeOrigin(file.resolveSibling(origin.file()), origin.flow(), null)
        : origin;
  }

  private Deployment.Settings settings(YamlFields fields) {
    YamlFields pool =
        fields
            .find("work_pool")
            .map(node -> node.fields("work_pool", POOL))
            .orElse(YamlFields.NONE);
    return new Deployment.Settings(
        fields.text("description", ""),
        "{}",
        null,
        fields.texts("tags"),
        new Deployment.Target(
            pool.text("name", WorkPool.DEFAULT),
            pool.text("work_queue_name", WorkQueue.DEFAULT),
            jobVariables(pool)),
        limit(fields));
  }

  private String jobVariables(YamlFields pool) {
    Map<String, String> variables = new LinkedHashMap<>();
    YamlNode node = pool.get("job_variables");
    if (node != null) {
      node.fields("job_variables").forEach((name, value) -> variables.put(name, value.text(name)));
      Optional<JobVariables> _ = node.checked(() -> JobVariables.of(variables));
    }
    return JobVariables.write(variables);
  }

  private Deployment.Limit limit(YamlFields fields) {
    YamlNode limit = fields.get("concurrency_limit");
    @Nullable Integer runs = limit == null ? null : limit.number("concurrency_limit");
    YamlNode collision = fields.get("collision");
    String word = collision == null ? "enqueue" : collision.text("collision");
    List<String> words =
        Arrays.stream(Deployment.Collision.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    if (collision != null && !words.contains(word)) {
      collision.problem(
          "collision must be one of " + String.join(", ", words) + ", was \"" + word + "\"");
      return Deployment.Limit.NONE;
    }
    if (limit == null) {
      return Deployment.Limit.NONE;
    }
    Deployment.Collision chosen = Deployment.Collision.valueOf(word.toUpperCase(Locale.ROOT));
    Duration grace = grace(fields.get("collision_grace"));
    return limit
        .checked(() -> new Deployment.Limit(runs, chosen, grace))
        .orElse(Deployment.Limit.NONE);
  }

  private static Duration grace(@Nullable YamlNode grace) {
    return grace == null
        ? Duration.ZERO
        : grace
            .checked(() ->
                (Duration) ParameterParser.parse(grace.text("collision_grace"), Duration.class))
            .orElse(Duration.ZERO);
  }

  private List<NewSchedule> schedules(YamlFields fields) {
    return fields.find("schedules").stream()
        .flatMap(node -> node.elements("schedules").stream())
        .flatMap(node -> schedule(node).stream())
        .toList();
  }

  private Optional<NewSchedule> schedule(YamlNode node) {
    YamlFields fields = node.fields("a schedule", SCHEDULE);
    List<String> rules = RULES.stream().filter(fields::containsKey).toList();
    if (rules.size() != 1) {
      node.problem("a schedule needs one of always:, cron:, interval: and rrule:");
      return Optional.empty();
    }
    YamlNode active = fields.get("max_active");
    ScheduleSpec spec =
        new ScheduleSpec(
            rules.getFirst(),
            fields.text(rules.getFirst(), ""),
            fields.text("timezone", "UTC"),
            fields.text("anchor"),
            fields.text("start"),
            fields.text("end"),
            fields.text("catch_up", "latest"),
            active == null ? null : active.number("max_active"),
            fields.text("jitter", "0s"),
            JsonTree.write(fields.object("parameters")));
    return node.checked(spec::schedule);
  }
}
