package dev.penstock.flow.yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A YAML file that is a list of things under one name, such as `deployments:`.
///
/// @param list that name
public record YamlFile(Path file, String list) {

  /// What is made of each thing of the list.
  ///
  /// @param made empty where there is a problem, which the node knows then
  /// @throws YamlRefused with everything that is wrong
  public <T> List<T> read(Function<YamlNode, Optional<T>> made) {
    List<YamlProblem> problems = new ArrayList<>();
    List<T> things = new ArrayList<>();
    Optional<YamlNode> root = YamlNode.read(text(file), problems);
    if (root.isPresent()) {
      YamlNode all = root.get().fields(file.toString(), List.of(list)).get(list);
      if (all == null) {
        root.get().problem("there are no " + list + ": in " + file);
      } else {
        all.elements(list).forEach(each -> made.apply(each).ifPresent(things::add));
      }
    } else if (problems.isEmpty()) {
      problems.add(new YamlProblem(YamlPlace.START, "it is empty"));
    }
    if (!problems.isEmpty()) {
      throw new YamlRefused(file.toString(), problems);
    }
    return things;
  }

  /// What a file holds.
  ///
  /// @throws YamlRefused when it is not there, or cannot be read
  public static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new YamlRefused(
          Files.exists(file) ? "cannot read " + file + ": " + e : "no such file: " + file);
    }
  }
}
