package dev.penstock.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.yaml.YamlRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentFileTest {
  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("penstock.yaml"), text);
  }

  @Test
  void aFileHoldsSeveralDeployments() throws IOException {
    List<DeploymentRequest> requests =
        DeploymentFile.read(
            file(
                """
                deployments:
                  - name: nightly
                    entrypoint: jobs/taxi.java:ingest
                    parameters: {color: green, year: 2026, months: [1, 2], dry: false}
                    tags: [etl, taxi]
                    work_pool:
                      name: etl
                      work_queue_name: urgent
                      job_variables: {javaOptions: -Xmx2g, env.TZ: UTC}
                    concurrency_limit: 1
                    collision: cancel_new
                    collision_grace: 30s
                    schedules:
                      - cron: "0 6 * * MON-FRI"
                        timezone: Europe/Berlin
                        catch_up: all
                        max_active: 2
                        jitter: 30s
                      - interval: 1d
                  - name: latest
                    entrypoint: ingest.java
                    git: {url: "https://example.com/jobs.git", ref: main}
                """));
    assertThat(requests).extracting(DeploymentRequest::name).containsExactly("nightly", "latest");
    DeploymentRequest nightly = requests.getFirst();
    assertThat(nightly.origin().file()).isEqualTo(directory.resolve("jobs/taxi.java"));
    assertThat(nightly.origin().flow()).isEqualTo("ingest");
    assertThat(nightly.settings().tags()).containsExactly("etl", "taxi");
    assertThat(nightly.settings().target().pool()).isEqualTo("etl");
    assertThat(nightly.settings().target().queue()).isEqualTo("urgent");
    assertThat(nightly.settings().target().jobVariables())
        .isEqualTo("{\"javaOptions\":\"-Xmx2g\",\"env.TZ\":\"UTC\"}");
    assertThat(nightly.settings().limit())
        .isEqualTo(
            new Deployment.Limit(1, Deployment.Collision.CANCEL_NEW, Duration.ofSeconds(30)));
    assertThat(nightly.parameters())
        .isInstanceOfSatisfying(
            DeploymentRequest.Values.class,
            values ->
                assertThat(values.values().toString())
                    .isEqualTo("{color=green, year=2026, months=[1, 2], dry=false}"));
    assertThat(nightly.schedules()).hasSize(2);
    assertThat(nightly.schedules().getFirst().spec())
        .isEqualTo("cron 0 6 * * MON-FRI zone=Europe/Berlin");
    assertThat(nightly.schedules().getFirst().catchUp()).isEqualTo("ALL");
    assertThat(nightly.schedules().getFirst().maxActive()).isEqualTo(2);
    assertThat(nightly.schedules().getFirst().jitter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(requests.getLast().origin().git())
        .isEqualTo(new CodeOrigin.Repository("https://example.com/jobs.git", "main"));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithItsLine() throws IOException {
    Path file =
        file(
            """
            deployments:
              - name: nightly
                entrypont: taxi.java
                concurrency_limit: many
                schedules:
                  - cron: "0 25 * * *"
                  - interval: 1h
                    timzone: UTC
                  - timezone: UTC
                work_pool: {job_variables: {javOptions: -Xmx1g}}
            """);
    assertThatThrownBy(() -> DeploymentFile.read(file))
        .isInstanceOf(YamlRefused.class)
        .message()
        .startsWith(file + ": 7 problems")
        .contains(
            "line 3, column 5: there is no \"entrypont\" in a deployment; did you mean \"entrypoint\"?")
        .contains("line 2, column 5: the deployment needs entrypoint:")
        .contains("line 4, column 24: concurrency_limit must be a whole number, was \"many\"")
        .contains("line 6, column 9: cron line \"0 25 * * *\"")
        .contains(
            "line 8, column 9: there is no \"timzone\" in a schedule; did you mean \"timezone\"?")
        .contains("line 9, column 9: a schedule needs one of always:, cron:, interval: and rrule:")
        .contains(
            "line 10, column 32: there is no job variable \"javOptions\"; did you mean \"javaOptions\"?");
  }

  @Test
  void whatIsNoYamlIsToldWithItsLine() throws IOException {
    Path file = file("deployments:\n  - name: [\n");
    assertThatThrownBy(() -> DeploymentFile.read(file))
        .isInstanceOf(YamlRefused.class)
        .hasMessageContaining("no YAML");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Path file = file("");
    assertThatThrownBy(() -> DeploymentFile.read(file)).hasMessageContaining("it is empty");
  }
}
