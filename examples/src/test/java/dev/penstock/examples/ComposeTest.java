package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `deploy/compose.yaml`: what it names is there.
class ComposeTest {
  @Test
  void servicesRunCommandsThatThereAre() throws Exception {
    Map<?, ?> services = services();
    assertThat(services.keySet()).isEqualTo(Set.of("server", "worker", "postgres"));
    for (String name : List.of("server", "worker")) {
      DeployFiles.assertCommand((List<?>) service(services, name).get("command"));
    }
  }

  @Test
  void servicesAreBuiltFromTheDockerfileAndKnowTheirStore() throws Exception {
    for (String name : List.of("server", "worker")) {
      Map<?, ?> service = service(services(), name);
      Map<?, ?> build = (Map<?, ?>) service.get("build");
      assertThat(DeployFiles.of("compose.yaml").resolveSibling(build.get("context").toString()))
          .satisfies(
              context -> assertThat(context.resolve(build.get("dockerfile").toString())).exists());
      assertThat(((Map<?, ?>) service.get("environment")).get("PENSTOCK_STORE").toString())
          .startsWith("jdbc:postgresql://postgres/");
    }
  }

  @Test
  void passwordsAndKeysComeFromOutside() throws Exception {
    String text = Files.readString(DeployFiles.of("compose.yaml"));
    assertThat(
            Pattern.compile("(?m)^[^#\n]*(password=|_PASSWORD: |_KEY: )(\\S+)")
                .matcher(text)
                .results())
        .isNotEmpty()
        .allSatisfy(match -> assertThat(match.group(2)).startsWith("${"));
  }

  private static Map<?, ?> services() throws Exception {
    return (Map<?, ?>) DeployFiles.yaml(DeployFiles.of("compose.yaml")).get("services");
  }

  /// A service with what it takes from the common part.
  private static Map<?, ?> service(Map<?, ?> services, String name) {
    Map<Object, Object> whole = new LinkedHashMap<>();
    Map<?, ?> own = (Map<?, ?>) services.get(name);
    if (own.get("<<") instanceof Map<?, ?> common) {
      whole.putAll(common);
    }
    whole.putAll(own);
    return whole;
  }
}
