package dev.penstock.flow.worker;

import dev.penstock.data.DataType;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a deployment says of the process of its runs.
///
/// @param environment variables besides those of the worker
/// @param javaOptions options for the JVM
public record JobVariables(Map<String, String> environment, List<String> javaOptions) {
  private static final String ENVIRONMENT = "env.";
  private static final String JAVA_OPTIONS = "javaOptions";
  private static final DataType TYPE =
      new DataType.MapOf(DataType.Scalar.STRING, DataType.Scalar.STRING);

  /// Those in a JSON object of texts: `env.NAME`, and `javaOptions` separated by blanks.
  ///
  /// @throws IllegalArgumentException with everything that is unknown
  @SuppressWarnings("unchecked") // the type says so
  public static JobVariables parse(String json) {
    return of(json.equals("{}") ? Map.of() : (Map<String, String>) Json.parse(json, TYPE));
  }

  public static JobVariables of(Map<String, String> variables) {
    Map<String, String> environment = new LinkedHashMap<>();
    List<String> options = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    variables.forEach((name, value) -> {
      if (name.startsWith(ENVIRONMENT) && name.length() > ENVIRONMENT.length()) {
        environment.put(name.substring(ENVIRONMENT.length()), value);
      } else if (name.equals(JAVA_OPTIONS)) {
        options.addAll(Arrays.asList(value.strip().split("\\s+")));
      } else {
        problems.add(
            "there is no job variable \""
                + name
                + "\""
                + DidYouMean.hint(name, List.of(JAVA_OPTIONS, ENVIRONMENT + name)));
      }
    });
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          String.join("\n", problems)
              + "\nthere are javaOptions, and env.NAME for the environment");
    }
    return new JobVariables(environment, options);
  }

  /// As JSON.
  public static String write(Map<String, String> variables) {
    return variables.isEmpty() ? "{}" : Json.write(variables, TYPE);
  }
}
