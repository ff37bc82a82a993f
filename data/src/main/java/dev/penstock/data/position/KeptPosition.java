package dev.penstock.data.position;

import org.jspecify.annotations.Nullable;

/// How far a pipeline has come in a part of its source.
///
/// @param commits how many commits and claims have led there
/// @param position as its source writes it; null when nothing was committed yet
public record KeptPosition(
    String pipeline, String split, long commits, @Nullable String position) {}
