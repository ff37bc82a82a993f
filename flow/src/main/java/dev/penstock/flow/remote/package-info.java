/// The store behind a server: every concern of it asked by URL and key, in place of its SQL. Start
/// with [dev.penstock.flow.remote.RemoteStore], with [dev.penstock.flow.remote.ServedStore] on the
/// other side, and with [dev.penstock.flow.remote.RemoteMethod] for what both agree on.
@NullMarked
package dev.penstock.flow.remote;

import org.jspecify.annotations.NullMarked;
