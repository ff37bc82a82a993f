package dev.penstock.flow.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.penstock.data.Secret;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.remote.RemoteStore;
import dev.penstock.flow.remote.ServedStore;
import dev.penstock.flow.remote.ServerUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A store as a process without the database has it: all goes through HTTP and back, and of what is
/// sent together every other answer is lost on its way, once. What is for processes with the
/// database is asked of the database, so that contracts can be run whole.
final class ServerInBetween {
  private static final String LOST = "/api/v1/store/together";

  private final Store database;
  private final HttpServer server;
  private final RemoteStore remote;
  private final AtomicInteger answers = new AtomicInteger();

  private ServerInBetween(Store database) {
    this.database = database;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    new ServedStore(database, new NoKeys())
        .asked()
        .forEach((word, answering) ->
            server.createContext("/api/v1/store/" + word, exchange -> answer(answering, exchange)));
    server.createContext("/api/v1/store/wakes/events", this::wake);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    remote = RemoteStore.of(ServerUrl.of(url, null), Duration.ofSeconds(10));
  }

  private record NoKeys() implements ServedStore.Keys {
    @Override
    public <R> R sealing(Function<SealedValue.Seal, R> write) {
      return write.apply((place, text) -> new SealedValue(place, "none", text));
    }

    @Override
    public Optional<Secret> open(String place) {
      return Optional.empty();
    }
  }

  static Store of(StoreUrl url) {
    ServerInBetween between = new ServerInBetween(Store.open(url));
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> between.ask(method, arguments));
  }

  private Object ask(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      remote.close();
      server.stop(0);
      database.close();
      return null;
    }
    if (method.getParameterCount() > 0) {
      boolean listens = method.getName().startsWith("listen");
      return invoke(method, listens ? remote : database, arguments);
    }
    Class<?> type = method.getReturnType();
    Object near = method.invoke(database);
    Object far = method.isAnnotationPresent(AtDatabase.class) ? near : method.invoke(remote);
    Map<Method, Boolean> atDatabase = new HashMap<>();
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (_, each, given) ->
            invoke(
                each,
                atDatabase.computeIfAbsent(each, m -> m.isAnnotationPresent(AtDatabase.class))
                    ? near
                    : far,
                given));
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void answer(ServedStore.Answering answering, HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int status = 200;
      String type = "application/json";
      String json;
      try {
        ServedStore.Reply reply = answering.to(asked);
        json = reply.json();
        if (reply.failure() != null) {
          status = 409;
          type = "application/problem+json";
          json = "{\"detail\":\"\",\"failure\":" + json + "}";
        }
      } catch (RuntimeException e) {
        status = 500;
        type = "application/problem+json";
        json = "{\"detail\":" + JsonTree.write(e.toString()) + "}";
      }
      if (exchange.getRequestURI().getPath().equals(LOST) && answers.incrementAndGet() % 3 == 1) {
        return;
      }
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void wake(HttpExchange exchange) throws IOException {
    LinkedBlockingQueue<String> happened = new LinkedBlockingQueue<>();
    try (exchange;
        AutoCloseable _ = database.listenForRuns(pool -> happened.add("runs " + pool));
        AutoCloseable _ = database.listenForSlots(key -> happened.add("slots " + key))) {
      exchange.sendResponseHeaders(200, 0);
      while (true) {
        exchange.getResponseBody().write((happened.take() + "\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
