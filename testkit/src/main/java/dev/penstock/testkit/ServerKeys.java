package dev.penstock.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/// The key of a server on `127.0.0.1`, and what its clients trust. Made by the `keytool` of the
/// JDK.
///
/// @param keystore of the server
/// @param truststore of its clients
/// @param password of both
public record ServerKeys(Path keystore, Path truststore, String password) {
  private static final String PASSWORD = "weir-and-sluice";
  private static final String ALIAS = "server";

  /// Makes a key that nobody else trusts.
  public static ServerKeys in(Path directory) throws IOException {
    Path keystore = directory.resolve("server.p12");
    Path truststore = directory.resolve("trusted.p12");
    generate(keystore);
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(keystore)) {
        own.load(in, PASSWORD.toCharArray());
      }
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, own.getCertificate(ALIAS));
      try (OutputStream out = Files.newOutputStream(truststore)) {
        trusted.store(out, PASSWORD.toCharArray());
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    return new ServerKeys(keystore, truststore, PASSWORD);
  }

  private static void generate(Path keystore) throws IOException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=127.0.0.1",
                    "-ext",
                    "SAN=IP:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    keystore.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool made no key: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
