package dev.penstock.flow;

import dev.penstock.data.Home;
import dev.penstock.data.Profiles;
import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.remote.RemoteStore;
import dev.penstock.flow.remote.ServerUrl;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The store and the engine of this process, opened when first needed: behind the server of
/// `PENSTOCK_API_URL`, or else where `PENSTOCK_STORE` says, a file in the home directory of
/// Penstock if it does not. Safe for use by several threads.
public final class LocalRuntime {
  /// How long a server may be away: nearly as long as a lease lasts, and somebody else goes on.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration STOP = Duration.ofSeconds(3);

  private static volatile @Nullable Opened opened;
  private static volatile EngineSettings.LogSink console = System.err::println;

  private static volatile @Nullable Surroundings given;

  private LocalRuntime() {}

  private record Opened(Store store, RunEngine engine) {}

  /// What a process runs flows with.
  ///
  /// @param home where its results and its keys are
  public record Surroundings(Store store, RunEngine engine, Path home) {}

  /// Takes these in place of what this process would open; for tests.
  ///
  /// @param surroundings null for its own again
  public static void use(@Nullable Surroundings surroundings) {
    given = surroundings;
  }

  /// Says where what runs log is shown besides; for launchers, before the first flow runs.
  public static void console(EngineSettings.LogSink sink) {
    console = sink;
  }

  /// Where the store of a process with these variables and this home is.
  public static StoreUrl storeUrl(Map<String, String> environment, Path home) {
    String url = environment.get("PENSTOCK_STORE");
    return url == null || url.isBlank()
        ? StoreUrl.file(home.resolve("penstock.db"))
        : new StoreUrl(url);
  }

  /// Opens the store that a process with these variables and this home works on: behind the server
  /// of `PENSTOCK_API_URL`, or else where `PENSTOCK_STORE` says. A server may be away for a while.
  ///
  /// @throws IllegalArgumentException when a variable names no such place
  public static Store open(Map<String, String> environment, Path home) {
    return ServerUrl.of(environment)
        .<Store>map(server -> RemoteStore.of(server, PATIENCE))
        .orElseGet(() -> Store.open(storeUrl(environment, home)));
  }

  /// Whether what any flow prints goes to its log: `PENSTOCK_LOG_PRINTS=true`.
  static boolean logPrints() {
    return Boolean.parseBoolean(System.getenv("PENSTOCK_LOG_PRINTS"));
  }

  /// Where files that tasks return are kept.
  public static ResultFiles resultFiles() {
    Surroundings instead = given;
    if (instead != null) {
      return new ResultFiles(instead.home().resolve("results"));
    }
    return resultFiles(Profiles.settingsOfProcess(), Home.directory());
  }

  /// The same for a process with these variables and this home: of one behind a server without
  /// `PENSTOCK_RESULTS` those that come from there.
  public static ResultFiles resultFiles(Map<String, String> environment, Path home) {
    Path directory = resultDirectory(environment, home);
    boolean shared = !environment.getOrDefault("PENSTOCK_RESULTS", "").isBlank();
    return !shared && ServerUrl.of(environment).isPresent()
        ? ResultFiles.cache(directory)
        : new ResultFiles(directory);
  }

  /// The directory of these files, of a process with these variables and this home.
  public static Path resultDirectory(Map<String, String> environment, Path home) {
    String directory = environment.get("PENSTOCK_RESULTS");
    return directory == null || directory.isBlank() ? home.resolve("results") : Path.of(directory);
  }

  /// The store of this process.
  public static Store store() {
    Surroundings instead = given;
    return instead == null ? opened().store() : instead.store();
  }

  /// Variables, secrets and blocks of the store of this process.
  public static Vault vault() {
    Surroundings instead = given;
    return Vault.of(store(), instead == null ? Home.directory() : instead.home());
  }

  /// What runs flows in this process.
  public static RunEngine engine() {
    Surroundings instead = given;
    return instead == null ? opened().engine() : instead.engine();
  }

  private static synchronized Opened opened() {
    Opened open = opened;
    if (open == null) {
      Store store = open(Profiles.settingsOfProcess(), Home.directory());
      EngineSettings settings = EngineSettings.of(owner(), line -> console.line(line));
      open = new Opened(store, new RunEngine(store, settings));
      opened = open;
      Runtime.getRuntime().addShutdownHook(new Thread(LocalRuntime::close, "penstock-store-close"));
    }
    return open;
  }

  /// This process, for people: its number and something that no other process has.
  private static String owner() {
    return "process "
        + ProcessHandle.current().pid()
        + " "
        + UUID.randomUUID().toString().substring(0, 8);
  }

  /// Ends what runs in this process, if anything does, since the process is told to end.
  ///
  /// @param state what it ends as: a final state
  /// @param why for people
  public static void abort(StateName state, String why) {
    Opened open = opened;
    if (open != null) {
      open.engine().abort(state, why);
    }
  }

  /// What still runs when the process ends ends with it, where it answers to an interrupt.
  private static synchronized void close() {
    Opened open = opened;
    if (open != null) {
      try {
        if (!open.engine().awaitIdle(Duration.ZERO)) {
          open.engine().abort(StateName.CRASHED, "its process was told to end");
          open.engine().awaitIdle(STOP);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // nobody does that to what is done when a process ends
      }
      open.engine().close();
      open.store().close();
    }
  }
}
