package dev.penstock.flow;

import dev.penstock.flow.yaml.YamlFields;
import dev.penstock.flow.yaml.YamlFile;
import dev.penstock.flow.yaml.YamlNode;
import dev.penstock.flow.yaml.YamlPlace;
import dev.penstock.flow.yaml.YamlProblem;
import dev.penstock.flow.yaml.YamlRefused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of specs that was read.
final class SpecsFile {
  /// The section that holds what differs by environment.
  static final String ENVIRONMENTS = "environments";

  private final Path file;
  private final YamlNode root;
  private final Map<String, YamlNode> environments = new LinkedHashMap<>();
  private final List<YamlProblem> problems;

  private SpecsFile(Path file, YamlNode root, List<YamlProblem> problems) {
    this.file = file;
    this.root = root;
    this.problems = problems;
  }

  /// @throws YamlRefused when it is not there, or is no mapping of YAML
  static SpecsFile read(Path path) {
    List<YamlProblem> problems = new ArrayList<>();
    YamlNode root = YamlNode.read(YamlFile.text(path), problems).orElse(null);
    if (root == null || !root.isMapping()) {
      if (problems.isEmpty()) {
        problems.add(new YamlProblem(YamlPlace.START, "there are no names and values"));
      }
      throw new YamlRefused(path.toString(), problems);
    }
    SpecsFile read = new SpecsFile(path, root, problems);
    root.fields(path.toString())
        .find(ENVIRONMENTS)
        .ifPresent(all -> all.fields(ENVIRONMENTS).forEach(read.environments::put));
    return read;
  }

  String name() {
    return file.toString();
  }

  /// The names of its environments, in their order.
  Set<String> environments() {
    return environments.keySet();
  }

  /// What the file says in an environment.
  ///
  /// @param chosen empty for none
  /// @param variables of the process
  /// @throws YamlRefused with everything that is wrong
  Object bind(NestedType type, String chosen, Map<String, String> variables) {
    for (String other : environments.keySet()) {
      if (!other.equals(chosen)) {
        SpecsTree tree = tree(type, other, new SpecsVariables(null));
        List<Place.Problem> names = new ArrayList<>();
        type.parts().checkNames(tree.values(), new Place("", names));
        names.forEach(problem -> problems.add(tree.placed(problem)));
      }
    }
    SpecsTree tree = tree(type, chosen, new SpecsVariables(variables));
    List<Place.Problem> found = new ArrayList<>();
    @Nullable Object made = type.ofJson(tree.values(), new Place("", found));
    found.stream()
        .filter(problem -> !tree.isRefused(problem.path()))
        .forEach(problem -> problems.add(tree.placed(problem)));
    if (!problems.isEmpty()) {
      throw new YamlRefused(
          chosen.isEmpty() ? name() : name() + " in the environment " + chosen, problems);
    }
    return Objects.requireNonNull(made);
  }

  /// The file with what an environment lays over it.
  private SpecsTree tree(NestedType type, String environment, SpecsVariables variables) {
    SpecsTree tree = new SpecsTree(variables, problems);
    YamlFields fields = root.fields(name());
    tree.lay(fields, ENVIRONMENTS);
    YamlNode over = environments.get(environment);
    if (over != null && !over.isNothing()) {
      tree.lay(over.fields("the environment " + environment), "");
    }
    tree.leaveSectionsOfOthers(type.parts().names());
    return tree;
  }
}
