package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.Split;
import org.jspecify.annotations.Nullable;

/// What is still to be read of a split.
///
/// @param range the keys of its rows; null for all rows
/// @param after the key, as text, after which it begins; null for its start
/// @param suffix what its positions end with, after the key
record Piece(Split split, @Nullable KeyRange range, @Nullable String after, String suffix) {}
