package dev.penstock.cli;

import dev.penstock.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `penstock server`: the pages and the API over the runs of this machine. It names nothing of the
/// server itself, whose libraries are on the class path of this command alone.
@Command(
    name = "server",
    description = "Shows runs in the browser, and answers programs.",
    footerHeading = "%nExamples:%n",
    footer = {"  penstock server start", "  penstock server start --port 8080"})
final class ServerCommand {
  private final Session session;

  ServerCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "start",
      description = {
        "Serves until it is told to end.",
        "It also makes the runs of schedules, finds runs whose process is gone, and evaluates",
        "automations. Workers run what is deployed: penstock worker start."
      })
  int start(
      @Option(
              names = "--host",
              paramLabel = "HOST",
              defaultValue = "127.0.0.1",
              description = {
                "Where it listens; ${DEFAULT-VALUE}, which only this machine reaches.",
                "Elsewhere, such as 0.0.0.0, only once there are users: penstock user create."
              })
          String host,
      @Option(
              names = "--port",
              paramLabel = "PORT",
              defaultValue = "4300",
              description = "0 for any that is free; ${DEFAULT-VALUE}.")
          int port,
      @Option(
              names = "--behind-proxy",
              description = "Believes X-Forwarded-For: a proxy stands in front and sets it.")
          boolean proxied) {
    return new ServerProcess(session).run(host, port, proxied);
  }
}
