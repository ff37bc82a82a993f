/// BigQuery: tables to insert into, queries to read. Start at [BigQuery].
///
/// It speaks the REST interface of the service ([Rest]) with nothing but the JDK: Google's own
/// client would bring some seventy libraries.
@NullMarked
package dev.penstock.bigquery;

import org.jspecify.annotations.NullMarked;
