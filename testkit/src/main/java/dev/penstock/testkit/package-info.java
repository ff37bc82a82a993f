/// What tests of Penstock and its connectors share. Start at [Golden].
@NullMarked
package dev.penstock.testkit;

import org.jspecify.annotations.NullMarked;
