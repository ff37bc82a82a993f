package dev.penstock.flow;

import dev.penstock.data.DidYouMean;
import dev.penstock.flow.yaml.YamlRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of a program in a YAML file beside it, `specs.yaml`, as a record:
///
/// ```java
/// record Specs(Broker kafka, Database postgres) {}
/// record Broker(String bootstrapServers, @Default("rooms-v1") String topic) {}
/// record Database(String url, String user, Secret password) {}
/// ```
///
/// ```yaml
/// kafka:
///   bootstrap_servers: localhost:9092
/// postgres:
///   url: jdbc:postgresql://localhost/rooms
///   user: rooms
///   password: ${PG_PASSWORD}
/// environments:
///   docker:
///     kafka: {bootstrap_servers: broker:9092}
/// ```
///
/// What a component may be is told at [ParameterSet]; a [dev.penstock.data.Secret] may be one too,
/// and comes out of a variable. `${NAME}` is the variable of the environment, `${NAME:-text}` is
/// the text where it is not set or empty, `$${` stands for `${` itself.
///
/// What stands under `environments` and the name of one is laid over the rest: mappings are merged,
/// everything else is replaced. Several programs may share a file: a whole section at its top that
/// the record does not have is left to the others, unless its name looks like a slip.
///
/// Everything that is wrong is told at once by a [YamlRefused], each with its line and column;
/// names that are wrong also in the environments that are not chosen.
public final class Specs {
  /// Which environment is chosen; `local`, if the file has it, when this is not set.
  public static final String ENVIRONMENT = "PENSTOCK_ENV";

  /// The variable that names the file, when it is neither beside the program nor in the working
  /// directory.
  public static final String FILE = "PENSTOCK_SPECS";

  private static final String NAME = "specs.yaml";
  private static final String USUAL_ENVIRONMENT = "local";

  private Specs() {}

  /// The settings of the file that [#FILE] names, or else of `specs.yaml` beside the program that
  /// `penstock run` runs, or else in the working directory; in the environment that [#ENVIRONMENT]
  /// says.
  ///
  /// @throws YamlRefused with everything that is wrong with the file, or when there is none
  public static <R extends Record> R load(Class<R> record) {
    return load(record, found(System.getenv(FILE), System.getProperty("penstock.source")));
  }

  /// Those of a file, in the environment that [#ENVIRONMENT] says.
  ///
  /// @throws YamlRefused with everything that is wrong with the file, or when there is none
  public static <R extends Record> R load(Class<R> record, Path file) {
    return load(record, file, System.getenv(ENVIRONMENT), System.getenv());
  }

  /// Those of a file in an environment.
  ///
  /// @throws YamlRefused with everything that is wrong with the file, or when there is none
  public static <R extends Record> R load(Class<R> record, Path file, String environment) {
    return load(record, file, environment, System.getenv());
  }

  static <R extends Record> R load(
      Class<R> record, Path file, @Nullable String environment, Map<String, String> variables) {
    NestedType type = new NestedType(record, ParameterSet.ofRecord(record, Nesting.SPECS));
    SpecsFile read = SpecsFile.read(file);
    String chosen = chosen(read, environment);
    return record.cast(read.bind(type, chosen, variables));
  }

  /// @return empty for none
  private static String chosen(SpecsFile file, @Nullable String said) {
    if (said == null || said.isBlank()) {
      return file.environments().contains(USUAL_ENVIRONMENT) ? USUAL_ENVIRONMENT : "";
    }
    if (!file.environments().isEmpty() && !file.environments().contains(said)) {
      throw new YamlRefused(
          file.name()
              + " has no environment \""
              + said
              + "\""
              + DidYouMean.hint(said, file.environments())
              + "; there are "
              + String.join(", ", file.environments()));
    }
    return said;
  }

  /// @param source the source file of the program; null when nobody knows
  static Path found(@Nullable String said, @Nullable String source) {
    if (said != null && !said.isBlank()) {
      return Path.of(said);
    }
    Path here = Path.of(NAME);
    Path beside = source == null ? here : Path.of(source).resolveSibling(NAME);
    if (Files.exists(beside) || !Files.exists(here)) {
      return beside;
    }
    return here;
  }
}
