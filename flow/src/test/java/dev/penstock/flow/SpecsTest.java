package dev.penstock.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.data.Secret;
import dev.penstock.flow.yaml.YamlRefused;
import dev.penstock.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecsTest {
  record Rooms(Broker kafka, Database postgres, Optional<Roll> roll) {}

  record Broker(
      String bootstrapServers,
      @Default("rooms-v1") String topic,
      @Allowed(min = "1", max = "100") int partitions,
      @Default("") List<String> headers) {}

  record Database(String url, String user, Secret password) {}

  record Roll(int records, Duration within) {
    Roll {
      if (within.isZero()) {
        throw new IllegalArgumentException("a file must be open for longer than no time");
      }
    }
  }

  private static final String FILE =
      """
      kafka:
        bootstrap_servers: ${KAFKA:-localhost:9092}
        partitions: 3
        headers: [a, "${KAFKA:-b}", "$${c}"]
      postgres:
        url: jdbc:postgresql://${PG_HOST}/rooms
        user: rooms
        password: ${PG_PASSWORD}
      watch: # of another program
        interval: 1s
      environments:
        local:
        docker:
          kafka: {bootstrap_servers: broker:9092}
          roll: {records: 500, within: 30s}
        prod:
          kafka: {partitions: 12}
      """;

  private static final Map<String, String> VARIABLES =
      Map.of("PG_HOST", "db", "PG_PASSWORD", "mill-race");

  @TempDir private Path directory;

  private Rooms load(String text, @Nullable String environment, Map<String, String> variables)
      throws IOException {
    return Specs.load(Rooms.class, file(text), environment, variables);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("specs.yaml"), text);
  }

  @Test
  void a_file_is_a_record() throws IOException {
    Rooms rooms = load(FILE, null, VARIABLES);
    assertThat(rooms.kafka())
        .isEqualTo(new Broker("localhost:9092", "rooms-v1", 3, List.of("a", "b", "${c}")));
    assertThat(rooms.postgres().url()).isEqualTo("jdbc:postgresql://db/rooms");
    assertThat(rooms.postgres().password()).isEqualTo(Secret.of("mill-race"));
    assertThat(rooms.toString()).doesNotContain("mill-race");
    assertThat(rooms.roll()).isEmpty();
  }

  @Test
  void an_environment_is_laid_over_it() throws IOException {
    Rooms docker = load(FILE, "docker", VARIABLES);
    assertThat(docker.kafka().bootstrapServers()).isEqualTo("broker:9092");
    assertThat(docker.kafka().partitions()).isEqualTo(3);
    assertThat(docker.roll()).contains(new Roll(500, Duration.ofSeconds(30)));
    assertThat(load(FILE, "prod", VARIABLES).kafka().partitions()).isEqualTo(12);
    assertThatThrownBy(() -> load(FILE, "dokcer", VARIABLES))
        .hasMessageEndingWith(
            "has no environment \"dokcer\"; did you mean \"docker\"?; there are local, docker, prod");
  }

  @Test
  void all_that_is_wrong_is_told_at_once() throws IOException {
    Path file =
        file(
            """
            kafka:
              boostrap_servers: localhost:9092
              topic: rooms-v1
              topic: rooms-v2
              partitions: 1000
              headers: [a, {b: c}]
            postgre:
              url: jdbc:postgresql://${PG_HOST}/rooms
            watch:
              interval: 1s
            verbose: true
            roll: {records: many, within: 0s}
            environments:
              docker:
                kafka: {bootstrap_servers: "broker:${PORT", partitons: 4}
                postgres: {url: "${PG_URL}", user: rooms, password: open-sesame}
              prod:
                kafka: {bootstrap_server: broker:9092}
            """);
    Throwable refused =
        catchThrowable(() -> Specs.load(Rooms.class, file, "docker", Map.of("PG_HOST", "db")));
    assertThat(refused).isInstanceOf(YamlRefused.class);
    Golden.assertMatches(
        "specs-wrong", refused.getMessage().replace(file.toString(), "specs.yaml") + "\n");
  }

  @Test
  void a_record_may_refuse_its_values() {
    assertThatThrownBy(() -> load(FILE + "roll: {records: 5, within: 0s}\n", null, VARIABLES))
        .hasMessageEndingWith(
            "1 problem\n  line 18, column 1: \"roll\": a file must be open for longer than no time");
  }

  @Test
  void a_misspelt_section_of_environments_is_no_section_of_others() {
    assertThatThrownBy(() -> load(FILE.replace("environments", "enviroments"), null, VARIABLES))
        .hasMessageContaining("\"enviroments\" is unknown; did you mean \"environments\"?");
  }

  @Test
  void the_file_is_beside_the_program_or_where_one_is() throws IOException {
    file(FILE);
    String program = directory.resolve("reckoning.java").toString();
    assertThat(Specs.found(null, program)).isEqualTo(directory.resolve("specs.yaml"));
    assertThat(Specs.found("/etc/rooms.yaml", program)).isEqualTo(Path.of("/etc/rooms.yaml"));
    assertThat(Specs.found(null, null)).isEqualTo(Path.of("specs.yaml"));
    assertThatThrownBy(() -> Specs.load(Rooms.class, directory.resolve("no.yaml")))
        .isInstanceOf(YamlRefused.class)
        .hasMessage("no such file: " + directory.resolve("no.yaml"));
  }
}
