package dev.penstock.http;

import dev.penstock.data.block.BlockType;
import dev.penstock.data.block.BlockTypes;
import java.util.List;

/// The block types of this module.
public final class HttpBlocks implements BlockTypes {

  @Override
  public List<BlockType<?>> blockTypes() {
    return List.of(
        new BlockType<>(
            "http-connection",
            "An API over HTTP: its URL, and a token, an API key, user and password, or an OAuth2 client.",
            HttpConnection.class));
  }
}
