package dev.penstock.flow;

/// The parameters of a flow that has none.
public record NoParameters() {}
