package dev.penstock.kafka;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.testkit.MemberProcess;
import java.io.IOException;
import java.time.Duration;

/// Numbered messages of a topic, copied into another by a group, in transactions.
///
/// @param from a URL, to read
/// @param to a URL, to write
record TopicCopy(String from, String to, String in, String out) {

  /// A member hears soon of the others, and is soon missed.
  static TopicCopy of(TestTopic in, TestTopic out) {
    String url = TestTopic.connection().value();
    return new TopicCopy(
        url + "?heartbeat.interval.ms=100&session.timeout.ms=1500", url, in.name(), out.name());
  }

  TopicCopy haltingAt(HaltAt.Point point, int times) {
    return new TopicCopy(from, HaltAt.url(to, point, times), in, out);
  }

  RunnablePipeline pipeline() {
    return Pipeline.from(Kafka.topic(new ConnectionName(from), in, Kafka.text()).group(in))
        .map(text -> "copy of " + text)
        .to(Kafka.topic(new ConnectionName(to), out, Kafka.text()).transactional())
        .resumable(in, Steps.commitEvery(200, Steps.within(Duration.ofMillis(200))));
  }

  /// Starts a member of the group.
  MemberProcess member() throws IOException {
    return MemberProcess.start(TopicCopy.class, "128m", from, to, in, out);
  }

  /// What a member does.
  public static void main(String[] arguments) {
    new TopicCopy(arguments[0], arguments[1], arguments[2], arguments[3]).pipeline().run();
  }
}
