package dev.penstock.server.pages;

import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Style sheet, scripts and icons: read once, and kept by browsers for as long as they like, since
/// another content has another address. All have one version, so that scripts find each other.
public final class Assets {
  private static final List<String> NAMES =
      List.of(
          "penstock.css",
          "penstock.js",
          "run.js",
          "feed.js",
          "live.js",
          "morph.js",
          "page.js",
          "runs.js",
          "scatter.js",
          "htmx-2.0.10.min.js",
          "icon-idle.svg",
          "icon-run.svg",
          "icon-ok.svg",
          "icon-bad.svg",
          "icon-gone.svg",
          "icon-wait.svg");

  private final Map<String, byte[]> assets = new LinkedHashMap<>();
  private final String version;

  Assets() {
    for (String name : NAMES) {
      assets.put(name, read(name));
    }
    version = version(assets.values());
  }

  /// The address of one.
  public String url(String name) {
    if (!assets.containsKey(name)) {
      throw new IllegalArgumentException("there is no asset " + name);
    }
    return "/assets/" + version + "/" + name;
  }

  Answer answer(Request request) {
    byte[] asset = assets.get(request.variable("name"));
    if (asset == null || !version.equals(request.variable("version"))) {
      throw Refused.notFound("load the page again: it may be of an earlier version");
    }
    return new Answer(
        200,
        Map.of(
            "Content-Type",
            type(request.variable("name")),
            "Cache-Control",
            "public, max-age=31536000, immutable"),
        new Answer.Body.Whole(asset));
  }

  private static String type(String name) {
    if (name.endsWith(".css")) {
      return "text/css; charset=utf-8";
    }
    return name.endsWith(".svg") ? "image/svg+xml" : "text/javascript; charset=utf-8";
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("/dev/penstock/server/assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("asset " + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version(Collection<byte[]> all) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      all.forEach(hash::update);
      return HexFormat.of().formatHex(hash.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
