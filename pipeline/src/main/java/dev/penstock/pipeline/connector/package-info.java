/// The contract between the engine and the two ends of a pipeline. Start at [Source] and [Sink]; a
/// connector implements one of them and nothing else. The engine alone decides when to commit and
/// advances positions, never a connector.
///
/// How positions, marks and commits work together is told in `docs/positions.md`.
@NullMarked
package dev.penstock.pipeline.connector;

import org.jspecify.annotations.NullMarked;
