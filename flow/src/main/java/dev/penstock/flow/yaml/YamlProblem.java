package dev.penstock.flow.yaml;

/// Something that is wrong with a YAML file.
public record YamlProblem(YamlPlace place, String what) {
  @Override
  public String toString() {
    return place + ": " + what;
  }
}
