/// What pages show, worked out and put into words: no HTTP, no HTML, no store. Start at
/// [dev.penstock.server.view.Timeline] and [dev.penstock.server.view.PipelineView].
@NullMarked
package dev.penstock.server.view;

import org.jspecify.annotations.NullMarked;
