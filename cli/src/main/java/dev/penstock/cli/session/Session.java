package dev.penstock.cli.session;

import dev.penstock.data.Home;
import dev.penstock.data.Profiles;
import dev.penstock.data.Secret;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.remote.RemoteStore;
import dev.penstock.flow.remote.ServerUrl;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.OnlyAtDatabase;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreCare;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.vault.Vault;
import dev.penstock.pipeline.run.RunClock;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a command is carried out: its environment, its clock, where it prints, and the store,
/// which is opened when it is first asked for.
public final class Session implements AutoCloseable {
  private final Map<String, String> variables;
  private @Nullable Map<String, String> environment;
  private final Path home;
  private final RunClock clock;
  private final ZoneId zone;
  private final Terminal terminal;
  private @Nullable Store store;

  /// @param environment the variables of the process
  /// @param home the directory of Penstock
  /// @param zone in which times of day are shown
  public Session(
      Map<String, String> environment, Path home, RunClock clock, ZoneId zone, Terminal terminal) {
    this.variables = Map.copyOf(environment);
    this.home = home;
    this.clock = clock;
    this.zone = zone;
    this.terminal = terminal;
  }

  /// Where a command prints, and where it asks.
  ///
  /// @param secrets where secrets come from
  /// @param colors whether to colour what is printed
  /// @param width how many characters a line of it has; [#WIDE] where it is no terminal
  public record Terminal(
      PrintWriter out, PrintWriter err, SecretInput secrets, boolean colors, int width) {
    /// As many as it takes: of a file or a pipe.
    public static final int WIDE = Integer.MAX_VALUE;

    /// That of the process: the launcher tells by a system property, `24x80`, since only a shell
    /// finds out for free.
    private static int widthOfProcess() {
      String size = System.getProperty("penstock.terminal", "");
      try {
        int width = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        return width > 0 ? width : WIDE;
      } catch (NumberFormatException e) {
        return WIDE; // not known
      }
    }
  }

  /// That of this process. Colours are for terminals, unless `NO_COLOR` is set.
  public static Session ofProcess() {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    boolean colors = terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    return new Session(
        System.getenv(),
        Home.directory(),
        RunClock.SYSTEM,
        ZoneId.systemDefault(),
        new Terminal(
            new PrintWriter(System.out, true),
            new PrintWriter(System.err, true),
            terminal && console != null ? SecretInput.typed(console) : SecretInput.of(System.in),
            colors,
            terminal ? Terminal.widthOfProcess() : Terminal.WIDE));
  }

  /// The variables of the process itself.
  public Map<String, String> variables() {
    return variables;
  }

  /// The variables of the process, with the settings of the profile in use below them.
  public Map<String, String> environment() {
    Map<String, String> all = environment;
    if (all == null) {
      all = new Profiles(home).below(variables);
      environment = all;
    }
    return all;
  }

  public Path home() {
    return home;
  }

  /// @throws CommandFailed when that is no place for a store
  public StoreUrl storeUrl() {
    try {
      return LocalRuntime.storeUrl(environment(), home);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed("PENSTOCK_STORE: " + e.getMessage());
    }
  }

  public Path resultDirectory() {
    return LocalRuntime.resultDirectory(environment(), home);
  }

  /// The server through which commands reach the store, if any.
  ///
  /// @throws CommandFailed when `PENSTOCK_API_URL` names none
  public Optional<ServerUrl> server() {
    try {
      return ServerUrl.of(environment());
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    }
  }

  /// The store, opened with the first call: through the server of `PENSTOCK_API_URL`, or else where
  /// it is.
  public Store store() {
    Store open = store;
    if (open == null) {
      open =
          server()
              .<Store>map(server -> RemoteStore.of(server, Duration.ZERO))
              .orElseGet(() -> Store.open(storeUrl(), clock::instant));
      store = open;
    }
    return open;
  }

  /// The care of the store, which is for where its database is.
  ///
  /// @throws OnlyAtDatabase when commands reach it through a server
  public StoreCare storeCare() {
    if (server().isPresent()) {
      throw new OnlyAtDatabase("the care of the store");
    }
    return new StoreCare(storeUrl());
  }

  /// Variables, secrets and blocks of the store.
  public Vault vault() {
    return Vault.of(store(), home, variables);
  }

  /// A secret that is not on the command line.
  ///
  /// @param prompt what somebody is asked for
  public Secret secret(String prompt) {
    Secret given = terminal.secrets().read(prompt);
    if (given.reveal().isEmpty()) {
      throw new CommandFailed(prompt + " must not be empty");
    }
    return given;
  }

  /// A secret from the environment.
  public Secret secretOf(String variable) {
    String value = variables.get(variable);
    if (value == null || value.isEmpty()) {
      throw new CommandFailed("the environment variable " + variable + " is not set");
    }
    return Secret.of(value);
  }

  public RunClock clock() {
    return clock;
  }

  public ZoneId zone() {
    return zone;
  }

  /// Prints a line of the result.
  public void say(String line) {
    terminal.out().println(line);
    terminal.out().flush();
  }

  /// Prints a line for people, besides the result.
  public void note(String line) {
    terminal.err().println(line);
  }

  public PrintWriter out() {
    return terminal.out();
  }

  public PrintWriter err() {
    return terminal.err();
  }

  /// How many characters a line of the result may have.
  public int width() {
    return terminal.width();
  }

  /// The text in the colour of the state that it names.
  public String colored(String text, StateType state) {
    return terminal.colors() ? "\033[" + color(state) + "m" + text + "\033[0m" : text;
  }

  private static int color(StateType state) {
    int red = 31;
    int green = 32;
    int yellow = 33;
    int blue = 34;
    return switch (state) {
      case COMPLETED -> green;
      case FAILED, CRASHED -> red;
      case PAUSED, CANCELLING, CANCELLED, SCHEDULED -> yellow;
      case PENDING, RUNNING -> blue;
    };
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
