package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The container files of the rooms and their `compose.yaml`: what they name is there, and they
/// give what `specs.yaml` asks for in their environment.
class RoomsContainersTest {
  private static final Path ROOMS = Checkout.real().root().resolve("examples/rooms");

  @ParameterizedTest
  @ValueSource(strings = {"gendata", "coldstorage", "reckoning"})
  void a_container_has_its_program_and_its_settings(String pipeline) throws Exception {
    String file = Files.readString(ROOMS.resolve(dockerfile(pipeline)));
    List<String> copied = List.of(only("(?m)^COPY (.*) /opt/rooms/$", file).split(" "));
    assertThat(copied)
        .containsExactlyInAnyOrder(pipeline + ".java", "specs.yaml")
        .allSatisfy(name -> assertThat(ROOMS.resolve(name)).exists());
    List<String> command = all("\"([^\"]*)\"", only("(?m)^CMD \\[(.*)]$", file));
    assertThat(command.getLast()).isEqualTo("/opt/rooms/" + pipeline + ".java");
    DeployFiles.assertCommand(command);
    assertThat(environments().containsKey(only("(?m)^ENV PENSTOCK_ENV=(.*)$", file))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gendata", "coldstorage", "reckoning"})
  void compose_has_the_servers_and_variables_that_the_settings_name(String pipeline)
      throws Exception {
    String program = Files.readString(ROOMS.resolve(pipeline + ".java"));
    List<String> settings = new ArrayList<>();
    for (String section : all("\\w+ (\\w+)(?:,|$)", only("record Settings\\((.*)\\)", program))) {
      Object value = ((Map<?, ?>) environments().get("docker")).get(section);
      settings.addAll(
          value instanceof Map<?, ?> map ? texts(map.values()) : List.of(value.toString()));
    }
    TreeSet<String> asked = new TreeSet<>();
    for (String setting : settings) {
      asked.addAll(all("\\$\\{(\\w+)}", setting));
      assertThat(all("(?:^|[@/])([a-z0-9]+)(?::\\d|/)", setting))
          .as(setting)
          .isNotEmpty()
          .allSatisfy(host -> assertThat(services().containsKey(host)).as(host).isTrue());
    }
    Object given = ((Map<?, ?>) services().get(pipeline)).get("environment");
    assertThat(given == null ? List.of() : texts(((Map<?, ?>) given).keySet()))
        .containsExactlyElementsOf(asked);
  }

  /// The container file that a service is built from.
  private static String dockerfile(String service) throws IOException {
    Map<?, ?> build = (Map<?, ?>) ((Map<?, ?>) services().get(service)).get("build");
    assertThat(build.get("context")).isEqualTo(".");
    return build.get("dockerfile").toString();
  }

  private static Map<?, ?> services() throws IOException {
    return (Map<?, ?>) DeployFiles.yaml(ROOMS.resolve("compose.yaml")).get("services");
  }

  private static Map<?, ?> environments() throws IOException {
    return (Map<?, ?>) DeployFiles.yaml(ROOMS.resolve("specs.yaml")).get("environments");
  }

  private static List<String> texts(Collection<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  private static String only(String pattern, String text) {
    List<String> found = all(pattern, text);
    assertThat(found).as(pattern).hasSize(1);
    return found.getFirst();
  }

  /// What the group of a pattern holds, each time that it is found.
  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }
}
