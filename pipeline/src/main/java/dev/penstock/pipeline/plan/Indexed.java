package dev.penstock.pipeline.plan;

import org.jspecify.annotations.Nullable;

/// A record with its place in the stream, counted from 0.
public record Indexed<T extends @Nullable Object>(long index, T record) {}
