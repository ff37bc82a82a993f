package dev.penstock.objects;

import java.time.Instant;

/// What a store tells of an object without reading it.
///
/// @param size in bytes
/// @param modified when it was written, by the clock of the store
public record ObjectInfo(String key, long size, Instant modified) {}
