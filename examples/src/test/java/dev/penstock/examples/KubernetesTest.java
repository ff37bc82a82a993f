package dev.penstock.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The manifests in `deploy/kubernetes`, held against the fields that Kubernetes knows.
class KubernetesTest {
  private static final Path MANIFESTS = Checkout.real().root().resolve("deploy/kubernetes");

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "apps/v1 Deployment", Deployment.class,
          "v1 Service", Service.class,
          "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);

  /// Refuses fields that the classes do not name; they would keep them without this.
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated member) {
                  return false;
                }
              });

  @Test
  void everyFieldIsOneThatKubernetesKnows() throws IOException {
    List<HasMetadata> found = manifests();
    assertThat(found)
        .extracting(manifest -> manifest.getKind() + " " + manifest.getMetadata().getName())
        .containsExactlyInAnyOrder(
            "Deployment server",
            "Deployment worker",
            "Service server",
            "PodDisruptionBudget server",
            "PersistentVolumeClaim results");
  }

  @Test
  void aServicesPodsAreThoseOfItsDeployment() throws IOException {
    List<HasMetadata> found = manifests();
    Map<String, String> selector = only(Service.class, found).getSpec().getSelector();
    assertThat(deployment("server", found).getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(selector);
  }

  @Test
  void containersRunCommandsThatThereAreAndMayNotMuch() throws Exception {
    for (String name : List.of("server", "worker")) {
      var pod = deployment(name, manifests()).getSpec().getTemplate().getSpec();
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      var container = pod.getContainers().getFirst();
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      DeployFiles.assertCommand(container.getArgs());
    }
  }

  private static Deployment deployment(String name, List<HasMetadata> manifests) {
    return manifests.stream()
        .filter(manifest -> manifest.getMetadata().getName().equals(name))
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static <T> T only(Class<T> type, List<HasMetadata> manifests) {
    return manifests.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  private static List<HasMetadata> manifests() throws IOException {
    List<HasMetadata> manifests = new ArrayList<>();
    for (Object resource : (List<?>) DeployFiles.yaml(kustomization()).get("resources")) {
      String text = Files.readString(MANIFESTS.resolve(resource.toString()));
      for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
        Map<?, ?> fields = (Map<?, ?>) document;
        String kind = fields.get("apiVersion") + " " + fields.get("kind");
        assertThat(KINDS).containsKey(kind);
        manifests.add(STRICT.convertValue(fields, KINDS.get(kind)));
      }
    }
    return manifests;
  }

  private static Path kustomization() {
    return MANIFESTS.resolve("kustomization.yaml");
  }
}
