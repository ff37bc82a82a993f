package dev.penstock.bigquery;

import dev.penstock.pipeline.connector.RefusedRecord;

/// BigQuery will not take a record for what it holds.
public final class RefusedRow extends RefusedRecord {
  private static final long serialVersionUID = 1L;

  RefusedRow(String message) {
    super(message, null);
  }
}
