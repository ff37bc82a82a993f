package dev.penstock.server.pages;

import dev.penstock.flow.ParametersRefused;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.worker.DeploymentRuns;
import dev.penstock.server.web.Refused;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes runs of deployments, with parameters that were checked.
public final class NewRun {
  private final Store store;
  private final ParameterCheck check;

  public NewRun(Store store, ParameterCheck check) {
    this.store = store;
    this.check = check;
  }

  /// @param texts parameters by name, over those of the deployment
  /// @param key what is made again with the same key is the same run; null for none
  /// @throws Refused also when the key was used for another deployment, or other parameters or tags
  public FlowRun make(
      Deployment deployment, Map<String, String> texts, List<String> tags, @Nullable String key) {
    String json = checked(deployment, texts);
    try {
      FlowRun run = new DeploymentRuns(store).create(deployment, json, tags, null, key);
      if (key != null && !DeploymentRuns.isOf(run, deployment, json, tags)) {
        throw Refused.usedKey(key, "run " + run.name());
      }
      return run;
    } catch (IllegalArgumentException e) { // a tag or a key that no store takes
      throw Refused.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private String checked(Deployment deployment, Map<String, String> texts) {
    try {
      return check.json(deployment, texts);
    } catch (ParametersRefused e) {
      List<Refused.Field> fields = e.problems().stream().map(RunForm::field).toList();
      String title =
          fields.size() == 1 ? "One field needs a change" : fields.size() + " fields need a change";
      throw new Refused(422, title, String.join("; ", e.problems()), fields);
    } catch (ParameterCheck.CodeMissing e) {
      throw Refused.conflict(
          "the parameters cannot be checked without the code: " + e.getMessage());
    }
  }
}
