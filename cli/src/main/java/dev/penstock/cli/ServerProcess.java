package dev.penstock.cli;

import dev.penstock.cli.deploy.DeployedPrograms;
import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.vault.Vault;
import dev.penstock.flow.worker.CodeUnavailable;
import dev.penstock.server.Duties;
import dev.penstock.server.PenstockServer;
import dev.penstock.server.ServerAddress;
import dev.penstock.server.oidc.OidcSettings;
import dev.penstock.server.pages.ParameterCheck;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A server as this process: it ends when the process is asked to.
final class ServerProcess {
  private final Session session;

  ServerProcess(Session session) {
    this.session = session;
  }

  /// Serves until the process is asked to end.
  int run(String host, int port, boolean proxied) {
    ServerAddress address = new ServerAddress(host, port, proxied);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Store store = Store.open(session.storeUrl());
        PenstockServer server = start(address, store);
        Duties _ =
            new Duties(
                store,
                Vault.of(store, session.home()),
                new ResultFiles(session.resultDirectory()),
                session::note)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(asked, ended), "penstock-end"));
      session.say("Penstock is at " + server.url());
      asked.await();
      return ExitCode.COMPLETED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    } finally {
      ended.countDown();
    }
  }

  private PenstockServer start(ServerAddress address, Store store) {
    try {
      DeployedPrograms programs = new DeployedPrograms(session.home());
      return PenstockServer.start(
          address,
          store,
          Vault.of(store, session.home()),
          new ResultFiles(session.resultDirectory()),
          (deployment, texts) -> json(store, programs, deployment, texts),
          OidcSettings.of(session.environment()));
    } catch (UncheckedIOException | IllegalStateException e) {
      if (isTaken(e)) {
        throw new CommandFailed(
            "port "
                + address.port()
                + " is taken, perhaps by another server; choose one with --port");
      }
      throw e;
    }
  }

  private static String json(
      Store store, DeployedPrograms programs, Deployment deployment, Map<String, String> texts)
      throws ParameterCheck.CodeMissing {
    try {
      DeployedCode code = store.codes().find(deployment.version()).orElseThrow();
      GivenParameters given = new GivenParameters(texts, List.of());
      return JsonTree.write(
          programs
              .flow(code, deployment.flow())
              .complete(deployment.settings().parameters(), given));
    } catch (CodeUnavailable e) {
      throw new ParameterCheck.CodeMissing(String.valueOf(e.getMessage()), e);
    }
  }

  private static boolean isTaken(@Nullable Throwable failure) {
    return failure != null && (failure instanceof BindException || isTaken(failure.getCause()));
  }

  private static void end(CountDownLatch asked, CountDownLatch ended) {
    asked.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
