package dev.penstock.pipeline.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A batch of records with the same key.
public record Keyed<K extends @Nullable Object, T extends @Nullable Object>(
    K key, List<T> records) {}
