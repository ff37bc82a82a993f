/// What a record costs, beside peers. Each class is one line of the table in `docs/benchmarks.md`;
/// start with [Chain], then [Warm], then [Micro], which runs them.
@NullMarked
package dev.penstock.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
