package dev.penstock.server;

import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.vault.Vault;
import dev.penstock.server.access.Gate;
import dev.penstock.server.access.Permissions;
import dev.penstock.server.api.Api;
import dev.penstock.server.api.FileCalls;
import dev.penstock.server.api.StoreCalls;
import dev.penstock.server.metrics.MetricsPage;
import dev.penstock.server.metrics.RequestTimes;
import dev.penstock.server.oidc.OidcSettings;
import dev.penstock.server.pages.NewRun;
import dev.penstock.server.pages.Pages;
import dev.penstock.server.pages.ParameterCheck;
import dev.penstock.server.web.Listener;
import dev.penstock.server.web.Route;
import dev.penstock.server.web.Router;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Pages and API over a store, on a port of this machine. Ends when it is closed; the store stays
/// open.
public final class PenstockServer implements AutoCloseable {
  private final ServerAddress address;
  private final Listener listener;
  private final List<Route> routes;

  private PenstockServer(ServerAddress address, Listener listener, List<Route> routes) {
    this.address = address;
    this.listener = listener;
    this.routes = routes;
  }

  /// Starts one where people log in by passwords.
  ///
  /// @param files that tasks hand on, for workers that share no directory
  /// @param check of the parameters of runs that are made here
  /// @throws IllegalArgumentException when others could reach it, and there are no users
  public static PenstockServer start(
      ServerAddress address, Store store, Vault vault, ResultFiles files, ParameterCheck check) {
    return start(address, store, vault, files, check, Optional.empty());
  }

  /// Starts one where people may log in by an identity provider, too: then it is closed from the
  /// start.
  ///
  /// @param files that tasks hand on, for workers that share no directory
  /// @param check of the parameters of runs that are made here
  /// @throws IllegalArgumentException when others could reach it, and there are no users
  public static PenstockServer start(
      ServerAddress address,
      Store store,
      Vault vault,
      ResultFiles files,
      ParameterCheck check,
      Optional<OidcSettings> oidc) {
    if (!address.loopback() && oidc.isEmpty() && !store.users().any()) {
      throw new IllegalArgumentException(
          "the server does not listen on \""
              + address.host()
              + "\" without users: whoever reaches it could do everything; penstock user create"
              + " NAME --role admin makes one. Without users it listens on 127.0.0.1, localhost or"
              + " ::1, and from elsewhere it is reached through a tunnel, such as ssh -L"
              + " 4300:127.0.0.1:4300");
    }
    NewRun newRun = new NewRun(store, check);
    Api api = new Api(store, vault, newRun);
    Pages pages = new Pages(store, vault, InstantSource.system(), newRun, oidc);
    List<Route> routes = new ArrayList<>(pages.routes(api::document));
    routes.addAll(api.routes());
    routes.addAll(new StoreCalls(store, vault).routes());
    routes.addAll(new FileCalls(files).routes());
    RequestTimes times = new RequestTimes();
    routes.addAll(new MetricsPage(store, InstantSource.system(), times).routes());
    Router router =
        new Router(
            routes,
            new Gate(store, new Permissions(), !address.loopback() || oidc.isPresent()),
            times,
            (request, refusal) ->
                request.path().startsWith("/api/")
                    ? Api.problem(refusal)
                    : pages.refused(request, refusal));
    return new PenstockServer(
        address, new Listener(address.host(), address.port(), address.proxied(), router), routes);
  }

  /// Where it is reached, such as `http://127.0.0.1:4300`.
  public String url() {
    String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
    return "http://" + host + ":" + listener.port();
  }

  /// All routes, for the tests of what holds for each.
  List<Route> routes() {
    return routes;
  }

  /// The shapes of the paths of the API that are for any program, for the test of its document.
  Set<String> apiPaths() {
    return routes.stream()
        .map(Route::path)
        .filter(path -> path.startsWith(Api.ROOT) && !path.startsWith(StoreCalls.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void close() {
    listener.close();
  }
}
