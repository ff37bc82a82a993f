/// The local engine: runs a plan on this machine. Internal; start reading at [LocalEngine], then
/// `Stage` and `Ring`.
@NullMarked
package dev.penstock.pipeline.engine;

import org.jspecify.annotations.NullMarked;
