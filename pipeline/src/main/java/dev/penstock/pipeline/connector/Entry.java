package dev.penstock.pipeline.connector;

import java.util.Map;
import java.util.Optional;

/// One commit of one split.
///
/// @param number counts from 1
/// @param from where the unit begins; empty at the start of the split
/// @param to where it ends; empty for a claim without a commit before it
/// @param states by step name, the state stored with the position
/// @param staged what was staged, encoded by its sink; empty for transactional sinks
public record Entry(
    long number,
    Optional<Position> from,
    Optional<Position> to,
    Map<String, byte[]> states,
    Optional<byte[]> staged) {}
