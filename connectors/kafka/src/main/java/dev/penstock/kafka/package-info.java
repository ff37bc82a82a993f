/// Kafka: topics as sources and sinks. Start at [dev.penstock.kafka.Kafka].
///
/// A [dev.penstock.kafka.KafkaSource] makes a reader with a consumer on a thread of its own
/// ([dev.penstock.kafka.Consuming]); what a group hands out goes through the engine's
/// [dev.penstock.pipeline.connector.Assignments].
@NullMarked
package dev.penstock.kafka;

import org.jspecify.annotations.NullMarked;
