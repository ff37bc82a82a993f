/// The protocol by which staged files become visible, as a model whose states are all looked at.
@NullMarked
package dev.penstock.files.protocol;

import org.jspecify.annotations.NullMarked;
