/// Messages to people and programs: by email, Slack and webhooks, over blocks. Start at
/// [dev.penstock.flow.notify.Channel].
@NullMarked
package dev.penstock.flow.notify;

import org.jspecify.annotations.NullMarked;
