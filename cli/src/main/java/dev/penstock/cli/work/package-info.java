/// Commands of where runs wait: pools, their queues, and limits.
@NullMarked
package dev.penstock.cli.work;

import org.jspecify.annotations.NullMarked;
