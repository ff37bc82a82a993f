package dev.penstock.cli;

import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.UnknownName;
import java.util.List;

/// Finds deployments and schedules by what people call them.
final class DeploymentNames {
  private static final int SHORTEST_ID = 6;

  private DeploymentNames() {}

  /// The deployment of a name like `ingest/nightly`, of the name `nightly` if no other flow has one
  /// of it, or of the beginning of its id.
  ///
  /// @throws UnknownName when there is none
  /// @throws UsageError when there are several
  static Deployment find(Store store, String name) {
    List<Deployment> all = store.deployments().list();
    List<Deployment> found =
        all.stream()
            .filter(deployment ->
                deployment.fullName().equals(name)
                    || deployment.name().equals(name)
                    || name.length() >= SHORTEST_ID && deployment.id().startsWith(name))
            .toList();
    List<String> known = all.stream().map(Deployment::fullName).toList();
    if (found.isEmpty()) {
      throw new UnknownName("deployment", name, known, "penstock deployment ls shows all");
    }
    if (found.size() > 1) {
      throw new UsageError(
          "several deployments are called \""
              + name
              + "\": "
              + String.join(", ", found.stream().map(Deployment::fullName).toList()));
    }
    return found.getFirst();
  }

  /// The schedule of a deployment whose id ends like this.
  ///
  /// @throws UnknownName when there is none
  static DeploymentSchedule schedule(Store store, Deployment deployment, String id) {
    List<DeploymentSchedule> all = store.schedules().of(deployment.id());
    return all.stream()
        .filter(schedule -> schedule.id().equals(id) || shortId(schedule).equals(id))
        .findFirst()
        .orElseThrow(() ->
            new UnknownName(
                "schedule",
                id,
                all.stream().map(DeploymentNames::shortId).toList(),
                "penstock deployment inspect " + deployment.fullName() + " shows them"));
  }

  /// The end of its id, which tells it from the others of its deployment.
  static String shortId(DeploymentSchedule schedule) {
    return schedule.id().substring(schedule.id().length() - 8);
  }
}
