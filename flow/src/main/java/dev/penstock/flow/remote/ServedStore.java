package dev.penstock.flow.remote;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Secret;
import dev.penstock.flow.code.WireFormat;
import dev.penstock.flow.store.SealedValue;
import dev.penstock.flow.store.Sent;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.ToldFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A store as a server answers for it to each [RemoteStore]: what is asked comes as JSON, and so
/// does what is answered. Who may ask for what is decided before. Safe for use by several threads.
public final class ServedStore {
  private final Store store;
  private final Keys keys;
  private final Map<String, RemoteMethod> methods =
      RemoteMethod.all().stream()
          .collect(
              Collectors.toMap(
                  RemoteMethod::word, Function.identity(), (one, _) -> one, TreeMap::new));

  public ServedStore(Store store, Keys keys) {
    this.store = store;
    this.keys = keys;
  }

  /// Seals and opens the values of the store.
  public interface Keys {
    <R> R sealing(Function<SealedValue.Seal, R> write);

    /// The text of the value at a place; empty when there is none.
    Optional<Secret> open(String place);
  }

  /// What is answered.
  ///
  /// @param json the answer; of a failure, an object
  /// @param failure null where it was done
  public record Reply(String json, @Nullable ToldFailure failure) {
    private static Reply of(String json) {
      return new Reply(json, null);
    }

    private static Reply of(ToldFailure failure) {
      return new Reply(WireFormat.write(ToldFailure.class, failure), failure);
    }
  }

  /// Answers one thing that is asked.
  @FunctionalInterface
  public interface Answering {
    /// @throws RuntimeException what nobody expects
    Reply to(String asked);
  }

  /// All that is asked by sending something, by its word.
  public Map<String, Answering> asked() {
    Map<String, Answering> asked = new TreeMap<>();
    methods.forEach((word, method) -> asked.put(word, told(body -> done(method, body).join())));
    asked.put(Together.WORD, told(this::together));
    asked.put(RemoteStore.OPEN, told(this::open));
    return asked;
  }

  private static Answering told(Function<String, String> answering) {
    return asked -> {
      try {
        return Reply.of(answering.apply(asked));
      } catch (RuntimeException e) {
        return Reply.of(told(e));
      }
    };
  }

  private static ToldFailure told(RuntimeException failure) {
    return ToldFailure.of(
            failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure)
        .orElseThrow(() -> failure);
  }

  private CompletableFuture<String> done(RemoteMethod method, String arguments) {
    return method.seals()
        ? keys.sealing(seal -> method.carryOut(store, arguments, seal))
        : method.carryOut(store, arguments, null);
  }

  private String together(String asked) {
    Together together = Together.read(asked);
    List<CompletableFuture<String>> begun = new ArrayList<>();
    for (Together.Call call : together.calls()) {
      Sent sent = new Sent(together.sender(), together.first() + begun.size());
      try {
        begun.add(sent.begin(() -> done(soon(call.word()), call.arguments())));
      } catch (RuntimeException e) {
        begun.add(CompletableFuture.failedFuture(e));
      }
    }
    List<@Nullable ToldFailure> failures = new ArrayList<>();
    for (CompletableFuture<String> each : begun) {
      failures.add(failure(each));
    }
    return new Together.Outcomes(failures).json();
  }

  private static @Nullable ToldFailure failure(CompletableFuture<String> begun) {
    try {
      begun.join();
      return null;
    } catch (RuntimeException e) {
      return told(e);
    }
  }

  /// The role for what is sent together is asked for once, so that it is only what workers do.
  private RemoteMethod soon(String word) {
    RemoteMethod method = methods.get(word);
    if (method == null || !method.soon()) {
      throw new IllegalArgumentException("\"" + word + "\" is not done together with others");
    }
    return method;
  }

  private String open(String asked) {
    Object place = requireNonNull(WireFormat.readAll(RemoteStore.PLACE, asked))[0];
    return WireFormat.write(Secret.class, keys.open(String.valueOf(place)).orElse(null));
  }
}
