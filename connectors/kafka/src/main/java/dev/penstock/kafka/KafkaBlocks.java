package dev.penstock.kafka;

import dev.penstock.data.block.BlockType;
import dev.penstock.data.block.BlockTypes;
import java.util.List;

/// The block types of this module.
public final class KafkaBlocks implements BlockTypes {

  @Override
  public List<BlockType<?>> blockTypes() {
    return List.of(
        new BlockType<>(
            "kafka-connection",
            "A Kafka cluster: its servers, user and password, and properties of clients.",
            KafkaConnection.class));
  }
}
