/// Reads and writes files of records. Start at [Csv], [JsonLines] and [Parquet]; what they give are
/// a [FilesSource] and a [FilesSink].
///
/// To add a format, implement [RecordFileReader] and [FileFormat].
@NullMarked
package dev.penstock.files;

import org.jspecify.annotations.NullMarked;
