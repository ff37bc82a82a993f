/// Commands of what flows find by name: variables, secrets, blocks.
@NullMarked
package dev.penstock.cli.vault;

import org.jspecify.annotations.NullMarked;
