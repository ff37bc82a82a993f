package dev.penstock.cli.session;

import dev.penstock.flow.store.UnknownName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One kind of thing that commands are about: what people call it, and which of them there are.
///
/// @param word such as `work pool`
/// @param names of all there are, for those who mistype one
/// @param advice what to do when there is none of a name; may be empty
public record Noun(
    Session session, String word, Supplier<List<String>> names, UnaryOperator<String> advice) {

  /// The thing that was looked for.
  ///
  /// @throws UnknownName when there is none
  public <T> T found(Optional<T> found, String name) {
    return found.orElseThrow(() -> unknown(name));
  }

  /// Goes on only if a thing was there.
  ///
  /// @throws UnknownName when it was not
  public void require(boolean there, String name) {
    if (!there) {
      throw unknown(name);
    }
  }

  private UnknownName unknown(String name) {
    List<String> others = names.get().stream().filter(other -> !other.equals(name)).toList();
    return new UnknownName(word, name, others, advice.apply(name));
  }

  /// That there is one of this name already.
  public CommandFailed taken(String name) {
    return new CommandFailed("there is a " + word + " \"" + name + "\" already");
  }

  /// Says what was done with a thing: for people `Paused work pool etl`, for scripts its name and
  /// `"paused": true`.
  ///
  /// @param verb in the past, such as `Paused`
  public void done(OutputOption output, String verb, String name) {
    done(output, verb, name, Members.of(verb.toLowerCase(Locale.ROOT), true));
  }

  /// @param more what scripts are told besides the name
  public void done(
      OutputOption output,
      String verb,
      String name,
      SequencedMap<String, ? extends @Nullable Object> more) {
    SequencedMap<String, @Nullable Object> thing = new LinkedHashMap<>();
    thing.put("name", name);
    thing.putAll(more);
    output.done(session.out(), verb + " " + word + " " + name, thing);
  }
}
