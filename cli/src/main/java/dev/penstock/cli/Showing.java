package dev.penstock.cli;

/// What a run shows besides what the program itself prints.
///
/// @param json one JSON object at the end, instead of the summary for people
/// @param quiet neither progress nor summary
/// @param stackTrace all frames when the program fails
record Showing(boolean json, boolean quiet, boolean stackTrace) {}
