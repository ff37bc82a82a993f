package dev.penstock.flow.code;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.CollectionType;

/// How values are written: the same value as the same text, in every process.
final class ValueFormat {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new SealedByName())
          .addModule(files())
          .changeDefaultVisibility(visible ->
              visible
                  .withGetterVisibility(Visibility.NONE)
                  .withIsGetterVisibility(Visibility.NONE)
                  .withSetterVisibility(Visibility.NONE)
                  .withFieldVisibility(Visibility.ANY))
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private ValueFormat() {}

  private static SimpleModule files() {
    SimpleModule module = new SimpleModule("penstock");
    module.addSerializer(Path.class, new FileWriting());
    module.addDeserializer(Path.class, new FileReading());
    module.setSerializerModifier(new SetsInOrder());
    return module;
  }

  /// A value of a sealed type says which record it is.
  private static final class SealedByName extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
        MapperConfig<?> config, Annotated annotated) {
      return Storable.isSealed(annotated.getRawType())
          ? JsonTypeInfo.Value.construct(
              JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "@type", null, false, null, null)
          : super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
      return Storable.isSealed(annotated.getRawType())
          ? Storable.leaves(annotated.getRawType()).stream()
              .map(leaf -> new NamedType(leaf, leaf.getSimpleName()))
              .toList()
          : super.findSubtypes(config, annotated);
    }
  }

  private static FileStore store(@Nullable Object files) {
    if (files instanceof FileStore store) {
      return store;
    }
    throw new NotReplayable("a file cannot be kept: there is no store for the results of files");
  }

  private static final class FileWriting extends ValueSerializer<Path> {
    @Override
    public void serialize(Path file, JsonGenerator to, SerializationContext context) {
      try {
        to.writeString(store(context.getAttribute(FileStore.class)).put(file));
      } catch (IOException e) {
        throw new UncheckedIOException("file " + file + " cannot be kept", e);
      }
    }
  }

  private static final class FileReading extends ValueDeserializer<Path> {
    @Override
    public Path deserialize(JsonParser from, DeserializationContext context) {
      String reference = from.getString();
      try {
        return store(context.getAttribute(FileStore.class)).get(reference);
      } catch (IOException e) {
        throw new UncheckedIOException("the kept file " + reference + " cannot be had", e);
      }
    }
  }

  /// Sets that have no order of their own are written in one all the same.
  private static final class SetsInOrder extends ValueSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifyCollectionSerializer(
        SerializationConfig config,
        CollectionType type,
        BeanDescription.Supplier description,
        ValueSerializer<?> serializer) {
      return OrderedSets.around(serializer);
    }
  }
}
