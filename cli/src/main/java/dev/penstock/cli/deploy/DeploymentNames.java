package dev.penstock.cli.deploy;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.UnknownName;
import java.util.List;

/// Finds deployments and schedules by what people call them.
public final class DeploymentNames {
  private static final int SHORTEST_ID = 6;

  private DeploymentNames() {}

  /// Deployments as commands speak of them.
  public static Noun noun(Session session) {
    return new Noun(
        session,
        "deployment",
        () -> session.store().deployments().list().stream().map(Deployment::fullName).toList(),
        _ -> "penstock deployment ls shows all");
  }

  /// The deployment of a name like `ingest/nightly`, of the name `nightly` if no other flow has one
  /// of it, or of the beginning of its id.
  ///
  /// @throws UnknownName when there is none
  /// @throws CommandFailed when there are several
  public static Deployment find(Session session, String name) {
    List<Deployment> all = session.store().deployments().list();
    List<Deployment> found =
        all.stream()
            .filter(deployment ->
                deployment.fullName().equals(name)
                    || deployment.name().equals(name)
                    || name.length() >= SHORTEST_ID && deployment.id().startsWith(name))
            .toList();
    if (found.size() > 1) {
      throw new CommandFailed(
          "several deployments are called \""
              + name
              + "\": "
              + String.join(", ", found.stream().map(Deployment::fullName).toList()));
    }
    return noun(session).found(found.stream().findFirst(), name);
  }

  /// The schedule of a deployment whose id ends like this.
  ///
  /// @throws UnknownName when there is none
  public static DeploymentSchedule schedule(Session session, Deployment deployment, String id) {
    List<DeploymentSchedule> all = session.store().schedules().of(deployment.id());
    return new Noun(
            session,
            "schedule",
            () -> all.stream().map(DeploymentNames::shortId).toList(),
            _ -> "penstock deployment inspect " + deployment.fullName() + " shows them")
        .found(
            all.stream()
                .filter(schedule -> schedule.id().equals(id) || shortId(schedule).equals(id))
                .findFirst(),
            id);
  }

  /// The end of its id, which tells it from the others of its deployment.
  public static String shortId(DeploymentSchedule schedule) {
    return shortId(schedule.id());
  }

  public static String shortId(String id) {
    return id.substring(id.length() - 8);
  }
}
