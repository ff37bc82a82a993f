package dev.penstock.cli.session;

import dev.penstock.data.Secret;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Where secrets come from that are not on the command line: somebody types them, unseen, or they
/// are all of standard input.
@FunctionalInterface
public interface SecretInput {
  /// @param prompt what somebody is asked for
  Secret read(String prompt);

  /// Typed without being shown.
  static SecretInput typed(Console console) {
    return prompt -> {
      char[] typed = console.readPassword("%s: ", prompt);
      if (typed == null) {
        throw new CommandFailed("nothing was typed for " + prompt);
      }
      return Secret.of(new String(typed));
    };
  }

  /// All that there is, without the end of its last line.
  static SecretInput of(InputStream in) {
    return _ -> {
      try {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return Secret.of(text.replaceFirst("\\R\\z", ""));
      } catch (IOException e) {
        throw new UncheckedIOException("standard input cannot be read", e);
      }
    };
  }
}
