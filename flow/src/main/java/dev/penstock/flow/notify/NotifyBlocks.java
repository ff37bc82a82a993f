package dev.penstock.flow.notify;

import dev.penstock.data.block.BlockType;
import dev.penstock.data.block.BlockTypes;
import java.util.List;

/// The block types of channels.
public final class NotifyBlocks implements BlockTypes {

  @Override
  public List<BlockType<?>> blockTypes() {
    return List.of(
        new BlockType<>(
            "slack-webhook", "A channel of Slack, by an incoming webhook.", SlackWebhook.class),
        new BlockType<>("smtp", "A mail server, and whom to write to.", Smtp.class),
        new BlockType<>("webhook", "A program that takes messages as JSON.", Webhook.class));
  }
}
