/// YAML files that people write: what is wrong with one is told at once, with its places.
@NullMarked
package dev.penstock.flow.yaml;

import org.jspecify.annotations.NullMarked;
