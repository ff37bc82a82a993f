/// Where the logs of user code and libraries go. Start at [dev.penstock.cli.log.RunLogProvider].
@NullMarked
package dev.penstock.cli.log;

import org.jspecify.annotations.NullMarked;
