/// HTTP: files to download, APIs as sources and sinks. Start at [Http].
///
/// [HttpSource] makes a [PagesReader], [HttpTarget] makes [Deliveries]; both send requests through
/// an [Api], which knows who sends them ([Auth]) and how often that may be. Downloads are
/// [Transfer]s.
@NullMarked
package dev.penstock.http;

import org.jspecify.annotations.NullMarked;
