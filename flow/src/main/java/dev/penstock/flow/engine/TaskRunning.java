package dev.penstock.flow.engine;

import dev.penstock.pipeline.run.Cancellation;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A task while it runs, for the work it does.
///
/// @param id of the task run
/// @param name of the task run: `extract-0`
/// @param place the same for this call whichever process comes to it, and in each replay; another
///   in a run from the start
/// @param child of a subflow: the id of its flow run; null for others
/// @param since when the task run was made, by whichever process
/// @param cancellation cancelled when the task has to stop
/// @param figures takes the live figures of a pipeline, as JSON, as often as they change
/// @param letters of a pipeline
public record TaskRunning(
    String id,
    String name,
    String place,
    @Nullable String child,
    Instant since,
    Cancellation cancellation,
    Consumer<String> figures,
    TaskLetters letters) {}
