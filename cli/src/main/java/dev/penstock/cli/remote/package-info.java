/// Flow runs as commands read and change them: in the store, or through a server. Start at
/// [dev.penstock.cli.remote.Runs].
@NullMarked
package dev.penstock.cli.remote;

import org.jspecify.annotations.NullMarked;
