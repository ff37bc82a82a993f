package dev.penstock.data;

import java.util.regex.Pattern;

/// Takes secrets out of URLs, for messages, logs and `explain()`.
public final class Redaction {
  private static final Pattern USER_INFO = Pattern.compile("(//[^/@:?#\\s]*):[^/@\\s]*@");
  private static final Pattern SECRET =
      Pattern.compile(
          "([?&;#][^=&;#]*(?:password|passwd|pwd|secret|token|key|signature|credential|sig|jaas)[^=&;]*)=[^&;\\s]*",
          Pattern.CASE_INSENSITIVE);

  private Redaction() {}

  /// The URL with `***` for the password before an `@` and for the values of parameters that sound
  /// secret.
  public static String url(String url) {
    return SECRET.matcher(USER_INFO.matcher(url).replaceAll("$1:***@")).replaceAll("$1=***");
  }
}
