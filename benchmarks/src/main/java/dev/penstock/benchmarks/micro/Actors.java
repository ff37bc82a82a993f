package dev.penstock.benchmarks.micro;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorSystem;

/// The actor systems that Pekko Streams runs on.
final class Actors {
  private static final Config QUIET =
      ConfigFactory.parseString("pekko.loglevel = OFF, pekko.stdout-loglevel = OFF")
          .withFallback(ConfigFactory.load());

  private Actors() {}

  static ActorSystem system() {
    return ActorSystem.create("peer", QUIET);
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  static void stop(ActorSystem system) {
    system.terminate();
    await(system.getWhenTerminated());
  }
}
