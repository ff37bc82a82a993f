package dev.penstock.flow.store;

import java.time.Duration;
import java.util.Optional;

/// Who is logged in. Browsers hold a token each, of which only a hash is here.
public interface LoginSessions {
  /// Begins one.
  ///
  /// @param token the hash of what the browser is given
  /// @param longest after which it ends in any case
  void open(String token, String user, Duration longest);

  /// Whose session it is, as they are now; empty when it is over.
  ///
  /// @param idle after which it ends without a use
  Optional<User> use(String token, Duration idle);

  /// Ends one.
  void close(String token);
}
