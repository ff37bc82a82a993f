/// The run store under load: what lists cost when it is large, how many runs go through it.
@NullMarked
package dev.penstock.benchmarks.store;

import org.jspecify.annotations.NullMarked;
