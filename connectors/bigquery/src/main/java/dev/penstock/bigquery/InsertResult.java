package dev.penstock.bigquery;

import java.util.List;

/// What has become of records that were streamed into a table.
///
/// @param rows one for each record, in their order
public record InsertResult<R>(List<InsertedRow<R>> rows) {}
