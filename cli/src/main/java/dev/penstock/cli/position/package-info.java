/// `penstock positions`.
@NullMarked
package dev.penstock.cli.position;

import org.jspecify.annotations.NullMarked;
