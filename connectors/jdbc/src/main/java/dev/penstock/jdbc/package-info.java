/// Reads and writes PostgreSQL, DuckDB, SQLite and other JDBC databases. Start at [Jdbc].
@NullMarked
package dev.penstock.jdbc;

import org.jspecify.annotations.NullMarked;
