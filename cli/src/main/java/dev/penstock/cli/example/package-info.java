/// Examples that need servers, brought up on one machine. Start with `ExampleCommand`.
@NullMarked
package dev.penstock.cli.example;

import org.jspecify.annotations.NullMarked;
