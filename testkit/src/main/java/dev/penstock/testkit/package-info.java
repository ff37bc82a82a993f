/// What proves that a part of Penstock keeps its contracts. A connector starts at [SourceContract],
/// [TransactionalSinkContract], [StagedSinkContract] or [PlainSinkContract], which are subclassed
/// in its tests; [NoLeaks] and [VirtualClock] serve any test, [Golden] holds messages to a file,
/// [Postgres] is a real database; [MemorySource], [MemoryTable] and [MemoryFiles] are strict
/// connectors in memory that can crash on purpose.
@NullMarked
package dev.penstock.testkit;

import org.jspecify.annotations.NullMarked;
