package dev.penstock.flow.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A flow that was deployed: its code, what its runs are called with, and where they run.
///
/// @param name its own name, without that of the flow
/// @param version of the code that runs begin with
/// @param paused whether its schedules stand still; it can be run by hand all the same
public record Deployment(
    String id,
    String flow,
    String name,
    String version,
    Settings settings,
    boolean paused,
    Instant created,
    Instant updated) {

  /// As people write it: `ingest/nightly`.
  public String fullName() {
    return flow + "/" + name;
  }

  /// What a deployment is deployed with, besides its code.
  ///
  /// @param description for people; may be empty
  /// @param parameters a JSON object
  /// @param parameterSchema a JSON schema; null when it is not known
  /// @param target where its runs run
  /// @param limit how many of them at once
  public record Settings(
      String description,
      String parameters,
      @Nullable String parameterSchema,
      List<String> tags,
      Target target,
      Limit limit) {
    public Settings {
      tags = List.copyOf(tags);
    }

    /// Without parameters, tags and limit.
    public static Settings in(String pool) {
      return new Settings("", "{}", null, List.of(), Target.in(pool), Limit.NONE);
    }
  }

  /// @param jobVariables a JSON object of texts: `env.NAME` for the environment of the process of a
  ///   run, `javaOptions` for its JVM
  public record Target(String pool, String queue, String jobVariables) {
    public static Target in(String pool) {
      return new Target(pool, WorkQueue.DEFAULT, "{}");
    }
  }

  /// @param runs how many at once; null for any number
  /// @param grace how long a run that finds it reached may wait before it is cancelled or fails,
  ///   counted from when it was due: 30 s are enough for the slot of a run whose process is gone
  public record Limit(@Nullable Integer runs, Collision collision, Duration grace) {
    public static final Limit NONE = new Limit(null, Collision.ENQUEUE, Duration.ZERO);

    public Limit {
      if (runs != null && runs < 1) {
        throw new IllegalArgumentException(
            "the concurrency limit of a deployment must be at least 1, was " + runs);
      }
      if (grace.isNegative()) {
        throw new IllegalArgumentException("grace must not be negative, was " + grace);
      }
      if (grace.isPositive() && collision == Collision.ENQUEUE) {
        throw new IllegalArgumentException(
            "grace is for runs that are cancelled or fail where the limit is reached: with"
                + " enqueue they wait as long as it takes");
      }
    }
  }

  /// What becomes of a run that finds the limit of its deployment reached.
  public enum Collision {
    /// It waits.
    ENQUEUE,
    CANCEL_NEW,
    FAIL
  }
}
