/// Loads in processes of their own that are killed, or stopped and woken, wherever it hurts. Start
/// at [KillTest]; [Load] is what the processes run.
@NullMarked
package dev.penstock.kill;

import org.jspecify.annotations.NullMarked;
