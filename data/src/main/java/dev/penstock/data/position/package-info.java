/// Positions of resumable pipelines, to be looked at and forgotten from outside: connectors bring
/// the places that keep them. Start at [PositionStores].
@NullMarked
package dev.penstock.data.position;

import org.jspecify.annotations.NullMarked;
