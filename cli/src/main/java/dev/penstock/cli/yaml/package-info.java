/// YAML files that people write: what is wrong with one is told at once, with its lines.
@NullMarked
package dev.penstock.cli.yaml;

import org.jspecify.annotations.NullMarked;
