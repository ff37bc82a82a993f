/// What pipelines mean, told a second time: start at [Reference], a slow and obvious interpreter of
/// plans.
@NullMarked
package dev.penstock.testkit.reference;

import org.jspecify.annotations.NullMarked;
