/// The server: its pages, its API, and what it does for all in the background. Start at
/// [dev.penstock.server.PenstockServer].
@NullMarked
package dev.penstock.server;

import org.jspecify.annotations.NullMarked;
