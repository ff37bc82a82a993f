package dev.penstock.server;

import dev.penstock.flow.store.Store;
import dev.penstock.server.pages.Pages;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Guard;
import dev.penstock.server.web.Listener;
import dev.penstock.server.web.Route;
import dev.penstock.server.web.Router;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Pages and API over a store, on a port of this machine. Ends when it is closed; the store stays
/// open.
public final class PenstockServer implements AutoCloseable {
  private final ServerAddress address;
  private final Listener listener;

  private PenstockServer(ServerAddress address, Listener listener) {
    this.address = address;
    this.listener = listener;
  }

  /// Starts one.
  public static PenstockServer start(ServerAddress address, Store store) {
    Pages pages = new Pages(store, InstantSource.system());
    List<Route> routes = new ArrayList<>(pages.routes());
    routes.add(Route.get("/api/v1/health", _ -> Answer.json(200, Map.of("status", "ok"))));
    Router router = new Router(routes, new Guard(), pages);
    return new PenstockServer(address, new Listener(address.host(), address.port(), router));
  }

  /// Where it is reached, such as `http://127.0.0.1:4300`.
  public String url() {
    String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
    return "http://" + host + ":" + listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }
}
