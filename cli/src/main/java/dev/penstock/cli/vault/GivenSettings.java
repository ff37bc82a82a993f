package dev.penstock.cli.vault;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Session;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.Secret;
import dev.penstock.data.block.BlockType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings of a block as the command line has them.
///
/// @param open on the command line itself
/// @param asked names of secret ones that somebody is asked for
/// @param variables environment variables of secret ones, by name
record GivenSettings(Map<String, String> open, List<String> asked, Map<String, String> variables) {

  /// All of them, the secret ones read. Nobody is asked before it is known that the others fit.
  ///
  /// @throws CommandFailed when a secret one is on the command line
  Map<String, Secret> texts(Session session, BlockType<?> type) {
    Map<String, Boolean> secrecy = type.secrecy();
    for (String name : open.keySet()) {
      if (secrecy.getOrDefault(name, false)) {
        throw new CommandFailed(
            "\"%s\" of a %s block is secret: give it with --secret %s, or --secret-from-env %s=VARIABLE"
                .formatted(name, type.slug(), name, name));
      }
    }
    List<String> secret = new ArrayList<>(asked);
    secret.addAll(variables.keySet());
    for (String name : secret) {
      if (!secrecy.getOrDefault(name, false)) {
        throw new CommandFailed(
            "a %s block has no secret setting \"%s\"%s"
                .formatted(type.slug(), name, DidYouMean.hint(name, secrecy.keySet())));
      }
    }
    Map<String, Secret> texts = new LinkedHashMap<>();
    open.forEach((name, value) -> texts.put(name, Secret.of(value)));
    variables.forEach((name, variable) -> texts.put(name, session.secretOf(variable)));
    asked.forEach(name -> texts.put(name, session.secret(name)));
    return texts;
  }
}
