package dev.penstock.server.pages;

import dev.penstock.flow.store.Role;
import dev.penstock.server.view.Words;
import dev.penstock.server.web.Viewer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What is around every page.
///
/// @param title of the tab
/// @param icon of the tab: the colour of a state
/// @param section which entry of the menu it is
/// @param crumbs the way to the page, with the page itself at the end
/// @param running how many runs run now
public record Shell(
    String title,
    String icon,
    String section,
    List<Crumb> crumbs,
    long running,
    Viewer viewer,
    Words words,
    Assets assets) {

  /// Scripts of a page that follows the server, with those that they import: all are fetched at
  /// once.
  public static List<String> live(String... scripts) {
    return Stream.concat(Stream.of("live.js", "morph.js"), Arrays.stream(scripts)).toList();
  }

  /// Whether the viewer starts and stops what there is.
  public boolean operates() {
    return viewer.who().may(Role.OPERATOR);
  }

  /// Whether the viewer changes what there is, and who may do what.
  public boolean administers() {
    return viewer.who().may(Role.ADMIN);
  }

  /// A page on the way.
  ///
  /// @param url empty for the page itself
  public record Crumb(String name, String url) {}
}
