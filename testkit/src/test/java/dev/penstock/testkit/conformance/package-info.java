/// The semantics of pipelines, case by case. Start at [EveryCaseTest], which holds the tests
/// against the list of cases.
package dev.penstock.testkit.conformance;
