/// How near a library comes to the best that waiting calls allow. Start with [Waiting].
@NullMarked
package dev.penstock.benchmarks.pace;

import org.jspecify.annotations.NullMarked;
