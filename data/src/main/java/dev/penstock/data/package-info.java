/// Typed data between pipelines and the outside world. Start at [RecordType], which shows a Java
/// record as columns; a connector fills records from a [FieldSource] of its own and reads them into
/// a [FieldSink]. Without a record class there is [Row].
@NullMarked
package dev.penstock.data;

import org.jspecify.annotations.NullMarked;
