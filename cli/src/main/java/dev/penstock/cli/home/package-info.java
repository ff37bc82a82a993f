/// The commands around the place where Penstock keeps things: settings, the store, what is wrong
/// with them, and how one begins. Start at [dev.penstock.cli.home.DoctorCommand].
@NullMarked
package dev.penstock.cli.home;

import org.jspecify.annotations.NullMarked;
