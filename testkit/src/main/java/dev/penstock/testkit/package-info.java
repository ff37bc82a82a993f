/// What tests of Penstock and its connectors share. Start at [Golden] for messages, at [Postgres] for a database.
@NullMarked
package dev.penstock.testkit;

import org.jspecify.annotations.NullMarked;
