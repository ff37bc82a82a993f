package dev.penstock.objects;

import dev.penstock.data.block.BlockType;
import dev.penstock.data.block.BlockTypes;
import java.util.List;

/// The block types of stores. They are here and not beside the clients, so that a command that
/// lists types loads none.
public final class StoreBlocks implements BlockTypes {

  @Override
  public List<BlockType<?>> blockTypes() {
    return List.of(
        new BlockType<>(
            "azure-connection",
            "Azure Blob Storage: the key of an account, a signature, or a client.",
            AzureConnection.class),
        new BlockType<>(
            "s3-connection",
            "S3, or a server that speaks its protocol: where it is, and the access key.",
            S3Connection.class),
        new BlockType<>(
            "gcs-connection",
            "Google Cloud Storage: the key of a service account.",
            GcsConnection.class));
  }
}
