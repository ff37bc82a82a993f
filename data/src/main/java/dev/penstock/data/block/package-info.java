/// Blocks: typed settings of external systems, which connectors bring and the store of flows keeps.
/// Start at [dev.penstock.data.block.BlockType].
@NullMarked
package dev.penstock.data.block;

import org.jspecify.annotations.NullMarked;
