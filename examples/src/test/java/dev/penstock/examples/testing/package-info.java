/// The tests that `docs/testing.md` shows.
@NullMarked
package dev.penstock.examples.testing;

import org.jspecify.annotations.NullMarked;
