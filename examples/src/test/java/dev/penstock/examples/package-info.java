/// Tests of Penstock as its users meet it: the command in processes of its own, the example
/// programs, and the rules of which module may use which.
@NullMarked
package dev.penstock.examples;

import org.jspecify.annotations.NullMarked;
