package dev.penstock.http;

import java.nio.file.Path;

/// A process that downloads: URL, target.
final class DownloadProcess {
  private DownloadProcess() {}

  public static void main(String[] args) throws Exception {
    Http.fetch(args[0]).to(Path.of(args[1])).download();
  }
}
