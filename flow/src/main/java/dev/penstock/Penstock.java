package dev.penstock;

import dev.penstock.data.ConnectionName;
import dev.penstock.flow.Flows;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.Parameters;
import dev.penstock.flow.ParametersRefused;

/// The words of a program, for `import static dev.penstock.Penstock.*`: those of [Flows], and the
/// following.
public class Penstock extends Flows {
  protected Penstock() {}

  /// An external system, by a name that the environment resolves when it is used, or by a URL.
  public static ConnectionName connection(String nameOrUrl) {
    return new ConnectionName(nameOrUrl);
  }

  /// The parameters that the program was started with: `--param NAME=VALUE` of `penstock run`. To
  /// be called with a class literal, so that they are checked before the program starts.
  ///
  /// @throws ParametersRefused with every parameter that is unknown, missing or ill-typed
  public static <R extends Record> R parameters(Class<R> record) {
    return Parameters.of(record).bind(GivenParameters.launched());
  }

  /// The same for a program that is also started by plain `java`, which leaves `--param NAME=VALUE`
  /// in the arguments of `main`.
  ///
  /// @throws ParametersRefused with every parameter that is unknown, missing or ill-typed
  public static <R extends Record> R parameters(Class<R> record, String[] arguments) {
    return Parameters.of(record)
        .bind(GivenParameters.launched().and(GivenParameters.ofArguments(arguments)));
  }
}
