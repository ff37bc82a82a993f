package dev.penstock.pipeline.plan;

import org.jspecify.annotations.Nullable;

/// A record that was given up, to be tried again.
///
/// @param position which record of the source it was made of; null where that is not known
public record GivenUp(Object record, @Nullable SourcePosition position) {}
