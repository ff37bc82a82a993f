/// Reads and writes Parquet without Hadoop. Start with [ParquetFile], then `BatchReader`,
/// `FlatColumn` and `Fill`, which turn pages into columns of Java values, some thousand rows at a
/// time; `Nodes` does the same for what is nested.
@NullMarked
package dev.penstock.files.parquet;

import org.jspecify.annotations.NullMarked;
