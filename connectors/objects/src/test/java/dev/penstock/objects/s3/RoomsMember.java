package dev.penstock.objects.s3;

import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.testkit.MemberProcess;
import java.io.IOException;
import java.time.Duration;

/// A process with a member of the group of each of the two pipelines of the rooms; it ends when one
/// of them does.
record RoomsMember(Coldstorage coldstorage, Reckoning reckoning, int records) {

  MemberProcess start() throws IOException {
    return MemberProcess.start(
        RoomsMember.class,
        "256m",
        coldstorage.kafka(),
        coldstorage.topic(),
        coldstorage.lake(),
        coldstorage.bucket(),
        reckoning.database(),
        "" + records);
  }

  /// What the process does.
  public static void main(String[] arguments) {
    Coldstorage coldstorage =
        new Coldstorage(arguments[0], arguments[1], arguments[2], arguments[3]);
    Reckoning reckoning = new Reckoning(arguments[0], arguments[1], arguments[4]);
    int records = Integer.parseInt(arguments[5]);
    run(coldstorage.pipeline(records, Duration.ofMillis(500)));
    run(reckoning.pipeline());
  }

  private static void run(RunnablePipeline pipeline) {
    Thread.ofPlatform()
        .start(() -> {
          try {
            pipeline.run();
          } catch (Throwable t) {
            t.printStackTrace();
          }
          Runtime.getRuntime().halt(1);
        });
  }
}
