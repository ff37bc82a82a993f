package dev.penstock.flow.vault;

import dev.penstock.data.ConnectionSettings;
import dev.penstock.data.Json;
import dev.penstock.data.Secret;
import dev.penstock.data.block.BlockContent;
import dev.penstock.data.block.BlockType;
import dev.penstock.data.block.Connectable;
import dev.penstock.flow.store.BlockDocument;
import dev.penstock.flow.store.BlockDocuments;
import dev.penstock.flow.store.UnknownName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Settings of external systems, by type and name, their secrets encrypted in the store.
public final class Blocks {
  private final BlockDocuments documents;
  private final Sealing sealing;
  private final KnownBlockTypes types;

  Blocks(BlockDocuments documents, Sealing sealing, KnownBlockTypes types) {
    this.documents = documents;
    this.sealing = sealing;
    this.types = types;
  }

  public KnownBlockTypes types() {
    return types;
  }

  /// Saves a block.
  ///
  /// @return its version, which grows with each save
  /// @throws BadKeys when it has secrets, and the store's key is not here
  @SuppressWarnings("unchecked") // the class of a record of type R is a Class<R>
  public <R extends Record> int save(String name, R block) {
    return save(types.of((Class<R>) block.getClass()), name, block);
  }

  /// Saves a block whose settings somebody gives as texts.
  ///
  /// @throws dev.penstock.data.block.BadBlock when they do not fit the type
  public <R extends Record> int parseAndSave(
      BlockType<R> type, String name, Map<String, Secret> texts) {
    return save(type, name, type.parse(texts));
  }

  /// Saves a block whose settings somebody gives as texts in place of the version that they have
  /// seen.
  ///
  /// @param seen when that was saved; null for a block that is not there yet
  /// @return its version; empty when it is not as they saw it
  /// @throws dev.penstock.data.block.BadBlock when they do not fit the type
  /// @throws BadKeys when it has secrets, and the store's key is not here
  public <R extends Record> Optional<Integer> parseAndReplace(
      BlockType<R> type, String name, Map<String, Secret> texts, @Nullable Instant seen) {
    BlockContent content = type.apart(type.parse(texts));
    String settings = Json.object(content.open());
    return sealing.write(
        seal -> documents.replace(type.slug(), name, settings, content.secret(), seen, seal));
  }

  private <R extends Record> int save(BlockType<R> type, String name, R block) {
    BlockContent content = type.apart(block);
    String settings = Json.object(content.open());
    return sealing.write(
        seal -> documents.save(type.slug(), name, settings, content.secret(), seal));
  }

  /// The newest version of a block.
  ///
  /// @throws UnknownName when there is none
  /// @throws BadKeys when it has secrets, and their key is not here
  public <R extends Record> R get(Class<R> settings, String name) {
    BlockType<R> type = types.of(settings);
    return read(type, documents.find(type.slug(), name).orElseThrow(() -> missing(type, name)));
  }

  private UnknownName missing(BlockType<?> type, String name) {
    List<String> names =
        list().stream()
            .filter(document -> document.type().equals(type.slug()))
            .map(BlockDocument::name)
            .toList();
    return new UnknownName(type.slug() + " block", name, names, "");
  }

  /// The block of a document.
  ///
  /// @throws BadKeys when it has secrets, and their key is not here
  public Record read(BlockDocument document) {
    return read(types.get(document.type()), document);
  }

  /// The secret settings of a block.
  ///
  /// @throws BadKeys when it has some, and their key is not here
  public Map<String, Secret> secrets(BlockDocument document) {
    return secrets(types.get(document.type()), read(document));
  }

  private static <R extends Record> Map<String, Secret> secrets(BlockType<R> type, Record block) {
    return type.apart(type.settings().cast(block)).secret();
  }

  private <R extends Record> R read(BlockType<R> type, BlockDocument document) {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    for (String setting : document.secrets()) {
      sealing.open(document.place(setting)).ifPresent(text -> secrets.put(setting, text));
    }
    return type.together(new BlockContent(Json.members(document.settings()), secrets));
  }

  /// What `connection("name")` stands for: the block of that name whose settings are those of a
  /// connection; empty when there is none.
  ///
  /// @throws IllegalArgumentException when there are several
  Optional<ConnectionSettings> connection(String name) {
    List<Connectable> found = new ArrayList<>();
    List<String> foundTypes = new ArrayList<>();
    for (BlockDocument document : documents.named(name)) {
      if (Connectable.class.isAssignableFrom(types.get(document.type()).settings())) {
        found.add((Connectable) read(document));
        foundTypes.add(document.type());
      }
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "connection \""
              + name
              + "\" could be any of the blocks of that name, of the types "
              + String.join(", ", foundTypes)
              + ": give them different names");
    }
    return found.stream().map(Connectable::connection).findFirst();
  }

  /// The newest version of each block, without its secrets.
  public List<BlockDocument> list() {
    return documents.list();
  }

  /// All versions of a block, without its secrets, the newest first.
  public List<BlockDocument> versions(String type, String name) {
    return documents.versions(type, name);
  }

  /// Deletes a block with all its versions.
  ///
  /// @return whether it was there
  public boolean delete(String type, String name) {
    return documents.delete(type, name);
  }
}
