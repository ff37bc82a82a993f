package dev.penstock.flow.notify;

/// A way to tell somebody something: the settings of a block.
public sealed interface Channel permits SlackWebhook, Smtp, Webhook {

  /// Sends a message, within the time limits of the carriers.
  ///
  /// @return what the other side answered
  /// @throws NotSent when it did not take it
  int send(Message message, Carriers carriers) throws InterruptedException;
}
