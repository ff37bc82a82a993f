package dev.penstock.data.block;

import java.util.List;

/// The block types that a module brings. Found by [java.util.ServiceLoader].
public interface BlockTypes {
  List<BlockType<?>> blockTypes();
}
